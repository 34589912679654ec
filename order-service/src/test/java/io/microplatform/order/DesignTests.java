package io.microplatform.order;

import io.microplatform.design.Design;
import org.junit.jupiter.api.Test;

class DesignTests {

	@Test
	void theServiceKeepsToTheDesign() {
		Design.checkApplication("io.microplatform.order");
	}

}
