package io.microplatform.instance.configuration;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.validation.Validator;

/**
 * Binds and validates all {@link Refreshable} records against a version, then replaces
 * them.
 */
final class RefreshableRecords implements RefreshParticipant {

	private final List<Holder<?>> holders;

	private final Validator validator;

	RefreshableRecords(List<Refreshable<?>> records, Validator validator) {
		this.holders = records.stream().<Holder<?>>map(Holder::new).toList();
		this.validator = validator;
	}

	@Override
	public boolean handles(ConfigurationPropertyName property) {
		return this.holders.stream().anyMatch((holder) -> holder.handles(property));
	}

	@Override
	public Runnable prepare(Binder candidate) throws VersionRefusedException {
		List<Runnable> changes = new ArrayList<>();
		List<Problem> problems = new ArrayList<>();
		for (Holder<?> holder : this.holders) {
			try {
				// A handler collects the errors of one bind operation.
				changes.add(holder.prepare(candidate, new ValidationBindHandler(this.validator)));
			}
			catch (BindException ex) {
				problems.addAll(Problem.allOf(ex));
			}
		}
		if (!problems.isEmpty()) {
			throw new VersionRefusedException(problems);
		}
		return () -> changes.forEach(Runnable::run);
	}

	/** One record and the names of its properties. */
	private static final class Holder<T extends Record> {

		private final Refreshable<T> current;

		private final ConfigurationPropertyName prefix;

		private final List<ConfigurationPropertyName> properties;

		Holder(Refreshable<T> current) {
			this.current = current;
			this.prefix = ConfigurationPropertyName.of(MergedAnnotations.from(current.get().getClass())
				.get(ConfigurationProperties.class)
				.getString("prefix"));
			this.properties = Stream.of(current.get().getClass().getRecordComponents())
				.map(RecordComponent::getName)
				.map(this::property)
				.toList();
		}

		boolean handles(ConfigurationPropertyName property) {
			return this.properties.stream().anyMatch((own) -> own.equals(property) || own.isAncestorOf(property));
		}

		@SuppressWarnings("unchecked")
		Runnable prepare(Binder binder, BindHandler validating) {
			T fresh = binder.bindOrCreate(this.prefix.toString(),
					(Bindable<T>) Bindable.of(this.current.get().getClass()), validating);
			return () -> this.current.set(fresh);
		}

		private ConfigurationPropertyName property(String component) {
			return this.prefix.append(DataObjectPropertyName.toDashedForm(component));
		}

	}

}
