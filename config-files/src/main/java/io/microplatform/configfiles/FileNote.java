package io.microplatform.configfiles;

/**
 * A statement about one file.
 *
 * @param file its name, in the directory of the configuration
 * @param text the rest of the sentence, in one line, as in "line 3 is not UTF-8"
 */
public record FileNote(String file, String text) {

	@Override
	public String toString() {
		return this.file + " " + this.text;
	}

}
