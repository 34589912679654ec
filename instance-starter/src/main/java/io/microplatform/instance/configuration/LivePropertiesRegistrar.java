package io.microplatform.instance.configuration;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Makes a bean {@code Live<T>} for each record with {@link LiveProperties}, and the
 * record itself, which Spring Boot has bound and validated, nothing to inject.
 */
final class LivePropertiesRegistrar implements BeanDefinitionRegistryPostProcessor {

	private @Nullable ConfigurableListableBeanFactory beans;

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (String name : registry.getBeanDefinitionNames()) {
			BeanDefinition definition = registry.getBeanDefinition(name);
			if (definition instanceof AbstractBeanDefinition bean && bean.hasBeanClass()
					&& bean.getBeanClass().isAnnotationPresent(LiveProperties.class)) {
				definition.setAutowireCandidate(false);
				registry.registerBeanDefinition("live-" + name,
						live(name, bean.getBeanClass().asSubclass(Record.class)));
			}
		}
	}

	private <T extends Record> RootBeanDefinition live(String name, Class<T> type) {
		RootBeanDefinition live = new RootBeanDefinition();
		live.setTargetType(ResolvableType.forClassWithGenerics(Live.class, type));
		live.setInstanceSupplier(() -> new Live<>(beans().getBean(name, type)));
		return live;
	}

	private ConfigurableListableBeanFactory beans() {
		if (this.beans == null) {
			throw new IllegalStateException("the bean factory is not there yet");
		}
		return this.beans;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		this.beans = beanFactory;
	}

}
