package io.microplatform.starter.database;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;

/**
 * {@link AutoConfiguration} for connections, statements and migrations of a service that
 * has a database.
 */
@AutoConfiguration(before = { FlywayAutoConfiguration.class, DataJdbcRepositoriesAutoConfiguration.class })
@ConditionalOnClass(HikariDataSource.class)
public class DatabaseAutoConfiguration {

	@Bean
	static BeanPostProcessor connectionEviction() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource pool) {
					pool.setExceptionOverride(new ConnectionEviction(pool));
				}
				return bean;
			}

		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Flyway.class, FlywayMigrationStrategy.class })
	static class Migrations {

		@Bean
		FlywayMigrationStrategy migrationsWaitForTheDatabase() {
			return new PatientMigration();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcDialect.class)
	static class Statements {

		@Bean
		@ConditionalOnMissingBean(JdbcDialect.class)
		JdbcDialect dialectThatNamesColumns() {
			return new ColumnNamingDialect();
		}

	}

}
