package io.github.x402sessions.samples.agent.report;

/**
 * Tells the user what happens.
 */
public interface Report {

	/** Something was done on the way. */
	void progress(String line);

	/** A result, for people. */
	void line(String text);

	/** A result, for programs. */
	void object(Object value);

	/** A call was made. */
	void call(int number, int calls, CallResult result);

	/** What an answer holds that is kept nowhere else. */
	void content(Content content);

	/** All calls were made. */
	void summary(Summary summary);

	/** Where a session stands. */
	void status(SessionStatus status);

}
