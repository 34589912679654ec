package io.microplatform.instance.configuration;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Registers a bean {@code Live<T>} for each record with {@link LiveProperties}, and takes
 * the record itself, which Spring Boot binds and validates, out of autowiring.
 */
final class LivePropertiesRegistrar implements BeanDefinitionRegistryPostProcessor {

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (String name : registry.getBeanDefinitionNames()) {
			BeanDefinition definition = registry.getBeanDefinition(name);
			if (definition instanceof AbstractBeanDefinition bean && bean.hasBeanClass()
					&& bean.getBeanClass().isAnnotationPresent(LiveProperties.class)) {
				definition.setAutowireCandidate(false);
				registry.registerBeanDefinition("live-" + name,
						live((BeanFactory) registry, name, bean.getBeanClass().asSubclass(Record.class)));
			}
		}
	}

	private <T extends Record> RootBeanDefinition live(BeanFactory beans, String name, Class<T> type) {
		RootBeanDefinition live = new RootBeanDefinition();
		live.setTargetType(ResolvableType.forClassWithGenerics(Live.class, type));
		live.setInstanceSupplier(() -> new Live<>(beans.getBean(name, type)));
		return live;
	}

}
