package io.microplatform.instance.configuration;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.bus.event.RemoteApplicationEvent;

/**
 * What became of the published version at an instance that was asked over the bus.
 */
@JsonIgnoreProperties({ "source", "timestamp" })
public class Took extends RemoteApplicationEvent {

	private String question = "";

	private String instance = "";

	private @Nullable Report report;

	/** For whoever reads it from the bus. */
	@SuppressWarnings("unused")
	private Took() {
	}

	// Not public: the reader would take it for its own.
	private Took(Object source, String origin, String question, String instance, Report report) {
		super(source, origin, DEFAULT_DESTINATION_FACTORY.getDestination(null));
		this.question = question;
		this.instance = instance;
		this.report = report;
	}

	/**
	 * Answers.
	 * @param source who answers
	 * @param origin the same, as the bus names it
	 * @param question what was asked
	 * @param instance who answers, as the registry names it
	 * @param report the answer
	 * @return the answer, to be sent
	 */
	public static Took after(Object source, String origin, TakePublished question, String instance, Report report) {
		return new Took(source, origin, question.getId(), instance, report);
	}

	/**
	 * To what this is the answer.
	 * @return the id of a {@link TakePublished}
	 */
	public String getQuestion() {
		return this.question;
	}

	/**
	 * Who answers.
	 * @return its name as in the registry
	 */
	public String getInstance() {
		return this.instance;
	}

	/**
	 * The answer.
	 * @return null when it could not be read
	 */
	public @Nullable Report getReport() {
		return this.report;
	}

}
