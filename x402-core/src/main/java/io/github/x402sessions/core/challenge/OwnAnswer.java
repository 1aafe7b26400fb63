package io.github.x402sessions.core.challenge;

import java.io.IOException;
import java.util.Collection;

/**
 * An answer that has not left yet, as the server at hand writes it. Names of headers have
 * no case.
 */
public interface OwnAnswer {

	/**
	 * Set the status.
	 * @param status an HTTP status
	 */
	void status(int status);

	/**
	 * Return the names of the headers that are set.
	 * @return the names
	 */
	Collection<String> names();

	/**
	 * Return the values of a header.
	 * @param name the name of the header
	 * @return its values, none if it is not set
	 */
	Collection<String> values(String name);

	/**
	 * Put a header in place of all that have its name.
	 * @param name the name of the header
	 * @param value its value
	 */
	void set(String name, String value);

	/**
	 * Add a header to those that have its name.
	 * @param name the name of the header
	 * @param value its value
	 */
	void add(String name, String value);

	/**
	 * Write the whole body.
	 * @param type its media type
	 * @param content its bytes
	 * @throws IOException if the client has gone
	 */
	void write(String type, byte[] content) throws IOException;

}
