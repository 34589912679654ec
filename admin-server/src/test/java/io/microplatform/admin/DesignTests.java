package io.microplatform.admin;

import io.microplatform.design.Design;
import org.junit.jupiter.api.Test;

class DesignTests {

	@Test
	void theServerKeepsToTheDesign() {
		Design.checkApplication("io.microplatform.admin");
	}

}
