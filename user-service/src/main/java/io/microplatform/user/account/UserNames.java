package io.microplatform.user.account;

import java.util.Collection;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the names of many users with one query, for lists that show users by name.
 */
@Component
class UserNames {

	private final JdbcClient jdbc;

	UserNames(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the names of the users that exist, regardless of their status, by ascending
	 * id.
	 * @param ids at least one
	 */
	List<UserName> find(Collection<Long> ids) {
		return this.jdbc.sql("select id, name from users where id in (:ids) order by id")
			.param("ids", ids)
			.query((row, number) -> new UserName(row.getLong("id"), row.getString("name")))
			.list();
	}

}
