package io.microplatform.starter.app;

import java.sql.SQLException;

import io.microplatform.starter.security.CurrentUser;
import io.microplatform.starter.security.PublicEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Has what services have in common and nothing else, and fails in the ways they can.
 */
@SpringBootApplication
class BareService {

	@Bean
	PublicEndpoint open() {
		return new PublicEndpoint(HttpMethod.GET, "/open");
	}

	@RestController
	static class Calls {

		private final JdbcClient jdbc;

		private final TransactionTemplate transaction;

		Calls(JdbcClient jdbc, PlatformTransactionManager transactions) {
			this.jdbc = jdbc;
			this.transaction = new TransactionTemplate(transactions);
		}

		@GetMapping("/open")
		String open() {
			return "open";
		}

		@GetMapping("/find")
		String find(@RequestParam(required = false) @Nullable String x) {
			return "found " + x;
		}

		@GetMapping("/who")
		String who(CurrentUser caller) {
			return (caller.isAdministrator() ? "administrator " : "user ") + caller.id();
		}

		@GetMapping("/defect")
		String defect() {
			throw new IllegalStateException("the secret is 42");
		}

		@GetMapping("/away")
		String away() {
			throw new CannotCreateTransactionException("no connection to 10.1.2.3");
		}

		@GetMapping("/refused/{state}")
		String refused(@PathVariable String state) {
			throw new UncategorizedSQLException("insert", "insert into secret", new SQLException("no", state));
		}

		/** The database dies in the middle of a transaction. */
		@GetMapping("/lost")
		String lost() {
			this.transaction.executeWithoutResult(
					(status) -> this.jdbc.sql("select pg_terminate_backend(pg_backend_pid())").query().singleValue());
			return "committed";
		}

	}

}
