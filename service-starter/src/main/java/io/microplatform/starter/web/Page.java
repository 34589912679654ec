package io.microplatform.starter.web;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list, newest first.
 *
 * @param <T> the type of the items
 * @param items at most as many as were asked for
 * @param nextCursor leads to the next page; null on the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

	/**
	 * A page of the first that were found; one more than its limit means there are more.
	 * @param <E> the type of what was found
	 * @param <T> the type of the items
	 * @param found newest first, one more than the limit if there are so many
	 * @param limit the most items of a page
	 * @param show makes an item
	 * @param id the id by which they are ordered
	 * @return the page
	 */
	public static <E, T> Page<T> of(List<E> found, int limit, Function<E, T> show, ToLongFunction<E> id) {
		List<T> items = found.stream().limit(limit).map(show).toList();
		boolean more = found.size() > limit;
		return new Page<>(items, more ? new Cursor(id.applyAsLong(found.get(limit - 1))).toString() : null);
	}

}
