package io.microplatform.acceptance.documentation;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A table in a Markdown document.
 *
 * @param rows the cells of each row below the header
 */
record Table(List<List<String>> rows) {

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	/** Finds the table with a header line. */
	static Table below(String head, String document) {
		List<String> lines = document.lines().dropWhile((line) -> !line.equals(head)).toList();
		if (lines.isEmpty()) {
			throw new IllegalArgumentException("no table " + head);
		}
		return new Table(lines.stream().skip(2).takeWhile((line) -> line.startsWith("|")).map(Table::cells).toList());
	}

	private static List<String> cells(String line) {
		return Stream.of(line.substring(1, line.length() - 1).split("\\|", -1)).map(String::strip).toList();
	}

	/** Returns the code spans of a column in all rows. */
	List<String> code(int column) {
		return this.rows.stream().flatMap((row) -> code(row.get(column)).stream()).toList();
	}

	/** Returns the code spans of a cell. */
	static List<String> code(String cell) {
		return CODE.matcher(cell).results().map((MatchResult result) -> result.group(1)).toList();
	}

}
