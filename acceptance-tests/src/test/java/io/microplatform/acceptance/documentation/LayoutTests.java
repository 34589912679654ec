package io.microplatform.acceptance.documentation;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of folders in README.md lists every module.
 */
class LayoutTests {

	private static final List<String> FOLDERS = Table.below("| folder | contents |", Checkout.read("README.md"))
		.code(0)
		.stream()
		.map((folder) -> folder.replaceAll("/$", ""))
		.toList();

	@Test
	void namesEveryModule() {
		assertThat(FOLDERS).containsAll(Checkout.modules());
	}

	@Test
	void namesOnlyExistingFolders() {
		assertThat(FOLDERS).allSatisfy((folder) -> assertThat(Checkout.ROOT.resolve(folder)).isDirectory());
	}

}
