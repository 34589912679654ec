package io.microplatform.local.kafka;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

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
 * produces, and nothing else. Idempotent; a right that is not in the list is removed.
 * Reading and writing include describing; writing includes idempotent writing.
 */
final class KafkaRights {

	private static final List<Part> PARTS = List.of(new Part("user-service", "orders", List.of("credit", "orders.dlq")),
			new Part("order-service", "credit", List.of("orders", "credit.dlq")));

	private final Admin admin;

	KafkaRights(Admin admin) {
		this.admin = admin;
	}

	void provide() throws IOException {
		Set<AclBinding> wanted = new HashSet<>();
		PARTS.forEach((part) -> wanted.addAll(part.rights()));
		try {
			Collection<AclBinding> present = this.admin.describeAcls(AclBindingFilter.ANY).values().get();
			List<AclBindingFilter> surplus = present.stream()
				.filter((right) -> !wanted.contains(right))
				.map(AclBinding::toFilter)
				.toList();
			this.admin.deleteAcls(surplus).all().get();
			wanted.removeAll(present);
			this.admin.createAcls(wanted).all().get();
		}
		catch (ExecutionException ex) {
			throw new IOException("kafka could not be provided with its rights: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while rights were given", ex);
		}
	}

	private record Part(String service, String consumes, List<String> produces) {

		Set<AclBinding> rights() {
			Set<AclBinding> rights = new HashSet<>();
			rights.add(right(ResourceType.TOPIC, this.consumes, PatternType.LITERAL, AclOperation.READ));
			rights.add(right(ResourceType.GROUP, this.service, PatternType.PREFIXED, AclOperation.READ));
			this.produces.forEach(
					(topic) -> rights.add(right(ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.WRITE)));
			return rights;
		}

		private AclBinding right(ResourceType type, String name, PatternType pattern, AclOperation operation) {
			return new AclBinding(new ResourcePattern(type, name, pattern),
					new AccessControlEntry("User:" + this.service, "*", operation, AclPermissionType.ALLOW));
		}

	}

}
