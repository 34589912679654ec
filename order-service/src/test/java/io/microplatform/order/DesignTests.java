package io.microplatform.order;

import io.microplatform.starter.test.Design;
import org.junit.jupiter.api.Test;

class DesignTests {

	@Test
	void theServiceKeepsToTheDesign() {
		Design.check("io.microplatform.order", "io.microplatform.user..");
	}

}
