package io.microplatform.order;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Ends a connection as the death of its process would, at a chosen step of handling a
 * request with a key. A step is the moment before a statement or a commit, or after what
 * commits; the first one is that before the key is taken, so that nothing else of the
 * service is hit.
 */
final class CrashingDataSource extends DelegatingDataSource {

	private static final int NEVER = -1;

	private static final Pattern OF_A_KEY = Pattern.compile("(insert into|update) idempotency_keys");

	private static final Pattern ITS_BEGINNING = Pattern.compile("(?s)^(\\w+( into)? \\w+).*");

	private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

	private volatile int crashAt = NEVER;

	CrashingDataSource(DataSource target) {
		super(target);
	}

	/** What would be done, one step after the other. */
	List<String> stepsOf(Runnable request) {
		crashAt(NEVER, request);
		return List.copyOf(this.steps);
	}

	void crashAt(int step, Runnable request) {
		this.steps.clear();
		this.crashAt = step;
		try {
			request.run();
		}
		finally {
			this.crashAt = NEVER;
		}
	}

	@Override
	public Connection getConnection() throws SQLException {
		Watch watch = new Watch(super.getConnection());
		return proxy(Connection.class, watch::call);
	}

	private static <T> T proxy(Class<T> type, Call call) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				try {
					return call.make(method, arguments);
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	/** Any method of a proxy. */
	private interface Call {

		@Nullable Object make(Method method, Object @Nullable [] arguments) throws Exception;

	}

	/** Of one connection, as long as one request has it. */
	private final class Watch {

		private final Connection connection;

		private boolean handlesAKey;

		Watch(Connection connection) {
			this.connection = connection;
		}

		@Nullable Object call(Method method, Object @Nullable [] arguments) throws Exception {
			boolean commits = method.getName().equals("commit");
			if (commits) {
				step("before commit");
			}
			Object result = method.invoke(this.connection, arguments);
			if (commits) {
				step("after commit");
			}
			return (result instanceof PreparedStatement statement && arguments != null)
					? watched(statement, String.valueOf(arguments[0])) : result;
		}

		private PreparedStatement watched(PreparedStatement statement, String sql) {
			String plain = sql.toLowerCase(Locale.ROOT).replace("\"", "");
			String name = ITS_BEGINNING.matcher(plain).replaceFirst("$1");
			return proxy(PreparedStatement.class, (method, arguments) -> {
				boolean executes = method.getName().startsWith("execute");
				if (executes) {
					this.handlesAKey |= OF_A_KEY.matcher(plain).lookingAt();
					step("before " + name);
				}
				Object result = method.invoke(statement, arguments);
				if (executes && this.connection.getAutoCommit()) {
					step("after " + name);
				}
				return result;
			});
		}

		private void step(String name) throws SQLException {
			if (!this.handlesAKey) {
				return;
			}
			CrashingDataSource.this.steps.add(name);
			if (CrashingDataSource.this.steps.size() - 1 == CrashingDataSource.this.crashAt) {
				this.connection.unwrap(Connection.class).abort(Runnable::run);
				throw new SQLException("Died " + name, "08006");
			}
		}

	}

}
