package io.microplatform.config.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.microplatform.config.snapshot.PublishedSnapshots;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
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
 * Makes snapshots of commits; the version of a snapshot is the commit's id. What is
 * served is always a snapshot, never the repository: that may be away, then there are no
 * new versions and everything else goes on. Thread-safe.
 */
class GitSource {

	private static final String SUFFIX = ".yml";

	private final GitProperties properties;

	private final PublishedSnapshots snapshots;

	private final Path copy;

	GitSource(GitProperties properties, PublishedSnapshots snapshots) {
		this.properties = properties;
		this.snapshots = snapshots;
		this.copy = snapshots.directory().resolve("git");
	}

	/**
	 * Makes a snapshot of the newest commit of the branch.
	 * @return its version
	 * @throws GitAwayException when the repository cannot be reached
	 */
	String newest() {
		return snapshot(null);
	}

	/**
	 * Makes a snapshot of a commit of the branch.
	 * @param commit its id
	 * @return its version, the same
	 * @throws GitAwayException when the repository cannot be reached
	 * @throws NoSuchCommitException when the branch has no such commit
	 */
	String of(String commit) {
		return snapshot(commit);
	}

	private synchronized String snapshot(@Nullable String wanted) {
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
				this.snapshots.store(commit.name(), files(repository, commit));
				return commit.name();
			}
		}
		catch (GitAPIException | IOException ex) {
			throw new GitAwayException(ex);
		}
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
			throw ex;
		}
		return git;
	}

	private Map<String, byte[]> files(Repository repository, RevCommit commit) throws IOException {
		Map<String, byte[]> files = new HashMap<>();
		try (TreeWalk tree = new TreeWalk(repository)) {
			tree.addTree(commit.getTree());
			tree.setRecursive(true);
			String directory = this.properties.directory();
			if (!directory.isEmpty()) {
				tree.setFilter(PathFilter.create(directory));
			}
			String prefix = directory.isEmpty() ? "" : directory + "/";
			while (tree.next()) {
				String path = tree.getPathString();
				String name = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
				if (name.endsWith(SUFFIX) && !name.contains("/")) {
					files.put(name, repository.open(tree.getObjectId(0)).getBytes());
				}
			}
		}
		return files;
	}

}
