package io.microplatform.admin;

import de.codecentric.boot.admin.server.config.EnableAdminServer;
import io.microplatform.instance.tomcat.RequestLimitsAutoConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Spring Boot Admin server that shows the actuators of all instances. It is read-only.
 */
@EnableAdminServer
// The request limits keep Tomcat from reading forms, such as the login form.
@SpringBootApplication(exclude = RequestLimitsAutoConfiguration.class)
public class AdminServerApplication {

	public static void main(String[] args) {
		SpringApplication.run(AdminServerApplication.class, args);
	}

}
