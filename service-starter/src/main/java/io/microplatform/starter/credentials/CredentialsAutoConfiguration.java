package io.microplatform.starter.credentials;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * Refuses to start without proper passwords.
 */
@AutoConfiguration
@EnableConfigurationProperties(Credentials.class)
public class CredentialsAutoConfiguration {

}
