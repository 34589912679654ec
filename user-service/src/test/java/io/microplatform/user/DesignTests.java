package io.microplatform.user;

import io.microplatform.starter.test.Design;
import org.junit.jupiter.api.Test;

class DesignTests {

	@Test
	void theServiceKeepsToTheDesign() {
		Design.check("io.microplatform.user", "io.microplatform.order..");
	}

}
