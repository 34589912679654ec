package io.microplatform.acceptance.documentation;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * README.md's table of folders.
 */
class LayoutTests {

	private static final List<String> FOLDERS = Table.below("| folder | is |", Checkout.read("README.md"))
		.code(0)
		.stream()
		.map((folder) -> folder.replaceAll("/$", ""))
		.toList();

	@Test
	void namesEveryModule() {
		assertThat(FOLDERS).containsAll(Checkout.modules());
	}

	@Test
	void namesOnlyWhatIsThere() {
		assertThat(FOLDERS).allSatisfy((folder) -> assertThat(Checkout.ROOT.resolve(folder)).isDirectory());
	}

}
