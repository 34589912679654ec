package io.microplatform.starter.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Lets the work of the current thread end between any two of its steps as the death of
 * its process would end it: the connection to the database breaks off, and nothing that
 * would have followed happens. Steps are: before each statement, before a commit, and
 * after a commit, of which the work then does not learn.
 */
@TestConfiguration(proxyBeanMethods = false)
public class Crashes {

	private static final ThreadLocal<@Nullable Countdown> countdown = new ThreadLocal<>();

	/**
	 * Does the work until it comes to a step.
	 * @param step 1 for the first one
	 * @param work what ends there
	 * @return whether the work came that far; if not, it was done
	 */
	public static boolean at(int step, Runnable work) {
		Countdown steps = new Countdown(step);
		countdown.set(steps);
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			if (!steps.isOver()) {
				throw ex;
			}
		}
		finally {
			countdown.remove();
		}
		return steps.isOver();
	}

	@Bean
	static BeanPostProcessor crashingDataSource() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof DataSource dataSource) ? new CrashingDataSource(dataSource) : bean;
			}

		};
	}

	private static void step(Connection connection) throws SQLException {
		Countdown steps = countdown.get();
		if (steps != null && steps.isNowOver()) {
			connection.abort(Runnable::run);
			throw new SQLException("the process is dead");
		}
	}

	private static Object call(Connection connection, Method method, Object @Nullable [] arguments) throws Throwable {
		boolean commits = method.getName().equals("commit");
		if (commits || method.getName().startsWith("prepare")) {
			step(connection);
		}
		try {
			Object result = method.invoke(connection, arguments);
			if (commits) {
				step(connection);
			}
			return result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/** How many steps are left. Once it is over nothing goes on: the process is dead. */
	private static final class Countdown {

		private int left;

		private Countdown(int steps) {
			this.left = steps;
		}

		boolean isNowOver() {
			this.left--;
			return isOver();
		}

		boolean isOver() {
			return this.left <= 0;
		}

	}

	private static final class CrashingDataSource extends DelegatingDataSource {

		private CrashingDataSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> call(connection, method, arguments));
		}

	}

}
