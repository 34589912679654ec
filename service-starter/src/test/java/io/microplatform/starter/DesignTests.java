package io.microplatform.starter;

import io.microplatform.design.Design;
import org.junit.jupiter.api.Test;

class DesignTests {

	@Test
	void theStarterKeepsToTheDesign() {
		Design.checkStarter("io.microplatform.starter");
	}

}
