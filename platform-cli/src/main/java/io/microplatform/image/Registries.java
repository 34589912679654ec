package io.microplatform.image;

import java.util.Map;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;

/**
 * Access to container registries, with the credentials in Docker's configuration.
 *
 * @param environment the environment variables, of which two contain the credentials of
 * the registry to which images are pushed
 */
record Registries(Map<String, String> environment) {

	private static final String USERNAME = "PLATFORM_REGISTRY_USERNAME";

	private static final String PASSWORD = "PLATFORM_REGISTRY_PASSWORD";

	/** Returns an image that is pulled. */
	static RegistryImage pulled(String reference) throws InvalidImageReferenceException {
		ImageReference image = ImageReference.parse(reference);
		return withDockerConfig(RegistryImage.named(image), image);
	}

	/** Returns the registry to which an image is pushed. */
	Containerizer pushed(String reference) throws InvalidImageReferenceException {
		ImageReference image = ImageReference.parse(reference);
		RegistryImage target = RegistryImage.named(image);
		String username = this.environment.getOrDefault(USERNAME, "");
		if (!username.isEmpty()) {
			target.addCredential(username, this.environment.getOrDefault(PASSWORD, ""));
		}
		return Containerizer.to(withDockerConfig(target, image))
			.setAllowInsecureRegistries(isLocal(image.getRegistry()));
	}

	/** Credentials that the image already has come first. */
	private static RegistryImage withDockerConfig(RegistryImage target, ImageReference image) {
		return target.addCredentialRetriever(CredentialRetrieverFactory.forImage(image, (_) -> {
		}).dockerConfig());
	}

	/** A registry of this machine needs no TLS. */
	private static boolean isLocal(String registry) {
		return registry.matches("(127\\.0\\.0\\.1|localhost)(:\\d+)?");
	}

}
