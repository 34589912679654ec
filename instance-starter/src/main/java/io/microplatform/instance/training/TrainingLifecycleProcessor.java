package io.microplatform.instance.training;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * {@link DefaultLifecycleProcessor} of a training run, which starts the web server and
 * the {@link TrainingRun} only. Nothing consumes, relays or registers.
 */
final class TrainingLifecycleProcessor extends DefaultLifecycleProcessor {

	@Override
	protected Map<String, Lifecycle> getLifecycleBeans() {
		Map<String, Lifecycle> beans = new LinkedHashMap<>(super.getLifecycleBeans());
		beans.values()
			.removeIf((bean) -> !(bean instanceof TrainingRun) && !(bean instanceof Phased phased
					&& phased.getPhase() == WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE));
		return beans;
	}

}
