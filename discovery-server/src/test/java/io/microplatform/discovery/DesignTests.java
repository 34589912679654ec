package io.microplatform.discovery;

import io.microplatform.design.Design;
import org.junit.jupiter.api.Test;

class DesignTests {

	@Test
	void theServerKeepsToTheDesign() {
		Design.checkApplication("io.microplatform.discovery");
	}

}
