package io.microplatform.acceptance.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pipelines of GitHub, GitLab and Jenkins run the same scripts, with options that the
 * scripts have, and with no more permissions than they need.
 */
class PipelineTests {

	private static final Set<String> SCRIPTS = Set.of(".ci/run", "./platform images", "deploy/scan.sh",
			"deploy/sign.sh", "deploy/changelog.sh", "deploy/rollout.sh");

	/** A script, and what follows it up to the next command. */
	private static final Pattern COMMAND = Pattern
		.compile("(?<![\\w/.])(\\./platform [a-z]+|deploy/[\\w-]+\\.sh|\\.ci/run)(?![\\w-])([^;&|\\n]*)");

	private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.])deploy/[\\w-]+\\.sh");

	private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

	private static final Pattern JENKINS_STEP = Pattern.compile("\\bsh '([^']+)'");

	private static final String ACTION = "[\\w-]+/[\\w-]+@(v\\d+\\.\\d+\\.\\d+|[0-9a-f]{40})";

	/** The jobs that publish something. */
	private static final Set<String> WRITERS = Set.of("publish");

	private static Map<String, List<String>> pipelines() {
		return Map.of("GitHub", runs().toList(), "GitLab", gitLab("before_script", "script", "after_script"), "Jenkins",
				matches(JENKINS_STEP, Checkout.read("Jenkinsfile")));
	}

	private static List<Path> workflows() {
		return list(Checkout.ROOT.resolve(".github/workflows"), ".yml");
	}

	private static List<Path> scripts() {
		return list(Checkout.ROOT.resolve("deploy"), ".sh");
	}

	private static Stream<Command> commands() {
		return pipelines().values().stream().flatMap(PipelineTests::commandsIn).distinct();
	}

	private static Stream<Command> commandsIn(List<String> lines) {
		return lines.stream()
			.flatMap((line) -> COMMAND.matcher(line).results())
			.map((command) -> new Command(command.group(1), options(command.group(2))));
	}

	@Test
	void allPipelinesRunTheSameScripts() {
		assertThat(pipelines())
			.allSatisfy((_, lines) -> assertThat(commandsIn(lines).map(Command::script)).hasSameElementsAs(SCRIPTS));
	}

	@ParameterizedTest
	@MethodSource("commands")
	void everyOptionExists(Command command) {
		assertThat(command.options()).isSubsetOf(options(usage(command.script())));
	}

	@ParameterizedTest
	@MethodSource("scripts")
	void everyScriptExplainsItself(Path script) {
		String name = "deploy/" + script.getFileName();
		assertThat(help(script)).startsWith("usage: " + name);
		assertThat(help(script).lines()).allMatch((line) -> line.length() <= 120);
		assertThat(Checkout.read("pom.xml")).containsAnyOf("<include>deploy/*.sh</include>",
				"<include>" + name + "</include>");
	}

	@Test
	void documentsNameScriptsThatExist() {
		assertThat(Checkout.files("\\.md")
			.stream()
			.flatMap((document) -> SCRIPT.matcher(Checkout.read(document)).results())
			.map((script) -> Checkout.ROOT.resolve(script.group()))).isNotEmpty()
			.allSatisfy((script) -> assertThat(script).isExecutable());
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void workflowsOnlyReadUnlessAJobPublishes(Path file) {
		JsonNode workflow = yaml(file);
		JsonNode jobs = workflow.path("jobs");
		assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
		assertThat(jobs.propertyNames().stream().filter((job) -> jobs.path(job).has("permissions")))
			.isSubsetOf(WRITERS);
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void jobsThatHaveStepsHaveATimeout(Path file) {
		assertThat(yaml(file).path("jobs").valueStream()).isNotEmpty()
			.allMatch((job) -> job.path("steps").isEmpty() || job.path("timeout-minutes").isNumber());
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void actionsHaveAFullVersionAndKeepNoCredentials(Path file) {
		assertThat(steps(file).filter((step) -> step.has("uses"))).allSatisfy((step) -> {
			assertThat(step.path("uses").asString("")).matches(ACTION);
			assertThat(step.path("uses").asString("").startsWith("actions/checkout@")
					&& step.at("/with/persist-credentials").asBoolean(true))
				.isFalse();
		});
	}

	/**
	 * An expression is inserted into the text of a script: a value could end the command,
	 * and a secret be printed.
	 */
	@Test
	void runsContainNoExpressions() {
		assertThat(runs()).isNotEmpty().noneMatch((run) -> run.contains("${{"));
	}

	@Test
	void imagesOfGitLabHaveAFullVersion() {
		assertThat(yaml(Checkout.ROOT.resolve(".gitlab-ci.yml")).valueStream()
			.flatMap((job) -> Stream.of(job.path("image"), job.at("/image/name")))
			.filter(JsonNode::isString)).isNotEmpty()
			.allSatisfy((image) -> assertThat(image.stringValue()).matches("[\\w./-]+:v?\\d+\\.\\d+\\.\\d+[\\w.-]*"));
	}

	@Test
	void renovateReadsItsConfiguration() {
		assertThat(JsonMapper.shared().readTree(Checkout.read("renovate.json")).isObject()).isTrue();
	}

	private static Stream<JsonNode> steps(Path workflow) {
		return yaml(workflow).path("jobs").valueStream().flatMap((job) -> job.path("steps").valueStream());
	}

	private static Stream<String> runs() {
		return workflows().stream()
			.flatMap(PipelineTests::steps)
			.filter((step) -> step.has("run"))
			.map((step) -> step.path("run").asString(""));
	}

	private static List<String> gitLab(String... keys) {
		return yaml(Checkout.ROOT.resolve(".gitlab-ci.yml")).valueStream()
			.flatMap((job) -> Stream.of(keys).flatMap((key) -> job.path(key).valueStream()))
			.map((line) -> line.asString(""))
			.toList();
	}

	/**
	 * What names the options of a script. The table in README.md has the options of each
	 * command.
	 */
	private static String usage(String script) {
		if (script.startsWith("./platform")) {
			return Checkout.read("README.md")
				.lines()
				.filter((line) -> line.startsWith("| `" + script + " "))
				.collect(Collectors.joining());
		}
		return script.startsWith("deploy/") ? help(Checkout.ROOT.resolve(script)) : "";
	}

	private static String help(Path script) {
		try {
			Process process = new ProcessBuilder(script.toString(), "--help").redirectErrorStream(true).start();
			String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor()).as(help).isZero();
			return help;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> options(String text) {
		return OPTION.matcher(text).results().map(MatchResult::group).distinct().toList();
	}

	private static List<String> matches(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((match) -> match.group(1)).toList();
	}

	private static JsonNode yaml(Path file) {
		Map<Object, Object> yaml = new Yaml().load(Checkout.read(file));
		return JsonMapper.shared().valueToTree(yaml);
	}

	private static List<Path> list(Path folder, String extension) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(extension)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A call of a script in a pipeline.
	 *
	 * @param script the script, or the command of {@code ./platform}
	 * @param options the options that it is called with
	 */
	record Command(String script, List<String> options) {
	}

}
