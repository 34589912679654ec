package io.microplatform.local.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.microplatform.local.process.Await;
import io.microplatform.local.service.BusinessService;
import io.microplatform.local.service.BusinessServices;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The access control lists of the services: read what a service consumes, write what it
 * produces and the dead letters of what it consumes, and nothing else. Idempotent; a
 * right that is not in the list is removed. Reading and writing include describing;
 * writing includes idempotent writing.
 */
final class KafkaRights {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Admin admin;

	private final BusinessServices services;

	KafkaRights(Admin admin, BusinessServices services) {
		this.admin = admin;
		this.services = services;
	}

	void provide() throws IOException {
		Set<AclBinding> wanted = new HashSet<>();
		this.services.all().forEach((service) -> wanted.addAll(rights(service)));
		try {
			Collection<AclBinding> present = present();
			List<AclBindingFilter> surplus = present.stream()
				.filter((right) -> !wanted.contains(right))
				.map(AclBinding::toFilter)
				.toList();
			this.admin.deleteAcls(surplus).all().get();
			wanted.removeAll(present);
			create(wanted);
		}
		catch (ExecutionException | CompletionException ex) {
			throw new IOException("kafka could not be provided with its rights: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while rights were given", ex);
		}
	}

	private Collection<AclBinding> present() {
		return this.admin.describeAcls(AclBindingFilter.ANY).values().toCompletionStage().toCompletableFuture().join();
	}

	/** The broker applies rights a moment after the controller has accepted them. */
	private void create(Set<AclBinding> rights) throws IOException, ExecutionException, InterruptedException {
		if (rights.isEmpty()) {
			return;
		}
		this.admin.createAcls(rights).all().get();
		if (!Await.until(PATIENCE, () -> present().containsAll(rights))) {
			throw new IOException("kafka has not applied the rights of its clients within " + PATIENCE);
		}
	}

	private static Set<AclBinding> rights(BusinessService service) {
		Set<AclBinding> rights = new HashSet<>();
		for (String topic : service.consumes()) {
			rights.add(right(service, ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.READ));
			rights.add(right(service, ResourceType.TOPIC, topic + Kafka.DEAD_LETTERS, PatternType.LITERAL,
					AclOperation.WRITE));
			rights.add(right(service, ResourceType.GROUP, service.name(), PatternType.PREFIXED, AclOperation.READ));
		}
		for (String topic : service.produces()) {
			rights.add(right(service, ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.WRITE));
		}
		return rights;
	}

	private static AclBinding right(BusinessService service, ResourceType type, String name, PatternType pattern,
			AclOperation operation) {
		return new AclBinding(new ResourcePattern(type, name, pattern),
				new AccessControlEntry("User:" + service.name(), "*", operation, AclPermissionType.ALLOW));
	}

}
