package io.microplatform.instance.configuration;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Registers a bean {@code Refreshable<T>} for each record with
 * {@link RefreshableProperties}, and takes the record itself, which Spring Boot binds and
 * validates, out of autowiring.
 */
final class RefreshablePropertiesRegistrar implements BeanDefinitionRegistryPostProcessor {

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (String name : registry.getBeanDefinitionNames()) {
			BeanDefinition definition = registry.getBeanDefinition(name);
			if (definition instanceof AbstractBeanDefinition bean && bean.hasBeanClass()
					&& bean.getBeanClass().isAnnotationPresent(RefreshableProperties.class)) {
				definition.setAutowireCandidate(false);
				registry.registerBeanDefinition("refreshable-" + name,
						refreshable((BeanFactory) registry, name, bean.getBeanClass().asSubclass(Record.class)));
			}
		}
	}

	private <T extends Record> RootBeanDefinition refreshable(BeanFactory beans, String name, Class<T> type) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(ResolvableType.forClassWithGenerics(Refreshable.class, type));
		definition.setInstanceSupplier(() -> new Refreshable<>(beans.getBean(name, type)));
		return definition;
	}

}
