package io.microplatform.acceptance.outage;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;

import io.microplatform.lab.platform.RunningPlatform;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The Kafka permission of a service to read a topic. Without it only the service's
 * consumer stops.
 *
 * @param platform the platform
 * @param service the name of the service
 * @param topic the topic
 */
record TopicReadPermission(RunningPlatform platform, String service, String topic) {

	/**
	 * Revokes the permission.
	 * @return the action that restores the permission
	 */
	Runnable revoke() {
		AclBindingFilter filter = new AclBindingFilter(
				new ResourcePatternFilter(ResourceType.TOPIC, this.topic, PatternType.LITERAL),
				new AccessControlEntryFilter("User:" + this.service, null, AclOperation.READ, AclPermissionType.ALLOW));
		Collection<AclBinding> revoked = with((admin) -> admin.deleteAcls(List.of(filter)).all().get());
		if (revoked.size() != 1) {
			throw new IllegalStateException("%s had %s to read %s".formatted(this.service, revoked, this.topic));
		}
		return () -> with((admin) -> admin.createAcls(revoked).all().get());
	}

	private <T> T with(Action<T> action) {
		try (Admin admin = Admin.create(this.platform.kafkaProperties())) {
			return action.on(admin);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An administrative action.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	private interface Action<T> {

		T on(Admin admin) throws ExecutionException, InterruptedException;

	}

}
