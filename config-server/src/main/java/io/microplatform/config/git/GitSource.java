package io.microplatform.config.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;

import io.microplatform.config.source.SourceVersion;
import io.microplatform.config.source.VersionSource;
import io.microplatform.configfiles.ConfigFiles;
import io.microplatform.configfiles.SnapshotStore;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/**
 * Stores commits as snapshots, whose version names repository, branch, directory and
 * commit. Only snapshots are served: while the repository is unavailable there are no new
 * versions, and everything else works. Thread-safe.
 */
class GitSource implements VersionSource {

	private final GitProperties properties;

	private final SnapshotStore snapshots;

	private final Path copy;

	GitSource(GitProperties properties, SnapshotStore snapshots) {
		this.properties = properties;
		this.snapshots = snapshots;
		this.copy = snapshots.directory().resolve("git");
	}

	/**
	 * Stores the newest commit of the branch.
	 * @return its version
	 * @throws NoSuchCommitException when there is no such branch, or no configuration in
	 * the directory
	 * @throws GitUnavailableException when the repository cannot be reached
	 */
	@Override
	public SourceVersion newest() {
		return snapshot(null);
	}

	@Override
	public String name() {
		return "Git";
	}

	@Override
	public boolean isOf(String version) {
		return this.properties.origin().isOf(version);
	}

	/**
	 * Stores a commit of the branch.
	 * @param commit its id
	 * @return its version
	 * @throws GitUnavailableException when the repository cannot be reached
	 * @throws NoSuchCommitException when the branch has no such commit, or the commit no
	 * configuration in the directory
	 */
	SourceVersion of(String commit) {
		return snapshot(commit);
	}

	private synchronized SourceVersion snapshot(@Nullable String wanted) {
		try (Git git = fetched()) {
			Repository repository = git.getRepository();
			ObjectId head = repository.resolve("refs/heads/" + this.properties.branch());
			if (head == null) {
				throw new NoSuchCommitException("there is no branch " + this.properties.branch());
			}
			try (RevWalk walk = new RevWalk(repository)) {
				RevCommit tip = walk.parseCommit(head);
				RevCommit commit = (wanted == null) ? tip : find(wanted, walk, repository);
				if (!walk.isMergedInto(commit, tip)) {
					throw new NoSuchCommitException(
							"commit %s is not on branch %s".formatted(wanted, this.properties.branch()));
				}
				return version(commit, files(repository, commit));
			}
		}
		catch (GitAPIException | IOException ex) {
			throw new GitUnavailableException(ex);
		}
	}

	/** Stores valid files only. */
	private SourceVersion version(RevCommit commit, ConfigFiles files) {
		if (!files.hasShared()) {
			throw new NoSuchCommitException("%s of commit %s on branch %s has no %s: see PLATFORM_CONFIG_GIT_DIRECTORY"
				.formatted(place(), commit.name(), this.properties.branch(), ConfigFiles.SHARED));
		}
		String version = this.properties.origin().version(commit.name());
		if (files.problems().isEmpty()) {
			this.snapshots.store(version, files.contents());
		}
		return new SourceVersion(version, files.problems(), files.leftOut());
	}

	private String place() {
		return this.properties.directory().isEmpty() ? "the root"
				: "the directory '%s'".formatted(this.properties.directory());
	}

	private static RevCommit find(String wanted, RevWalk walk, Repository repository) throws IOException {
		if (!ObjectId.isId(wanted) || !repository.getObjectDatabase().has(ObjectId.fromString(wanted))) {
			throw new NoSuchCommitException("there is no commit " + wanted);
		}
		return walk.parseCommit(ObjectId.fromString(wanted));
	}

	private Git fetched() throws GitAPIException, IOException {
		boolean isThere = Files.isDirectory(this.copy.resolve("objects"));
		Git git = isThere ? Git.open(this.copy.toFile())
				: Git.init().setBare(true).setDirectory(this.copy.toFile()).call();
		var fetch = git.fetch()
			.setRemote(this.properties.uri())
			.setRefSpecs(new RefSpec("+refs/heads/%1$s:refs/heads/%1$s".formatted(this.properties.branch())))
			.setTimeout(10);
		if (this.properties.username() != null && this.properties.password() != null) {
			fetch.setCredentialsProvider(
					new UsernamePasswordCredentialsProvider(this.properties.username(), this.properties.password()));
		}
		try {
			fetch.call();
		}
		catch (GitAPIException ex) {
			git.close();
			if (isWithoutBranch(ex)) {
				throw new NoSuchCommitException("the repository has no branch '%s': see PLATFORM_CONFIG_GIT_BRANCH"
					.formatted(this.properties.branch()), ex);
			}
			throw ex;
		}
		return git;
	}

	/** JGit has no exception for a repository that answers but lacks the branch. */
	private boolean isWithoutBranch(GitAPIException failure) {
		String said = MessageFormat.format(JGitText.get().remoteDoesNotHaveSpec,
				"refs/heads/" + this.properties.branch());
		return String.valueOf(failure.getMessage()).contains(said);
	}

	private ConfigFiles files(Repository repository, RevCommit commit) throws IOException {
		ConfigFiles.Collector collector = new ConfigFiles.Collector();
		String directory = this.properties.directory();
		try (TreeWalk tree = new TreeWalk(repository)) {
			tree.addTree(commit.getTree());
			tree.setRecursive(true);
			if (!directory.isEmpty()) {
				tree.setFilter(PathFilter.create(directory));
			}
			int prefix = directory.isEmpty() ? 0 : directory.length() + 1;
			while (tree.next()) {
				if (tree.getPathLength() > prefix) {
					collect(tree.getPathString().substring(prefix), tree, repository, collector);
				}
			}
		}
		return collector.files();
	}

	/** Symbolic links and submodules have no content of their own. */
	private static void collect(String path, TreeWalk tree, Repository repository, ConfigFiles.Collector collector)
			throws IOException {
		boolean isFile = tree.getFileMode().getObjectType() == Constants.OBJ_BLOB
				&& !tree.getFileMode().equals(FileMode.SYMLINK);
		if (!collector.isConfiguration(path)) {
			collector.file(path, new byte[0]);
		}
		else if (isFile) {
			collector.file(path, repository.open(tree.getObjectId(0)).getBytes());
		}
		else {
			collector.noFile(path);
		}
	}

}
