package io.github.x402sessions.samples.agent.offer;

import java.io.FileNotFoundException;
import java.net.URLConnection;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request.
 *
 * @param publisher sends it, as often as need be
 * @param contentType its media type; {@code null} where there is nothing
 */
public record RequestData(BodyPublisher publisher, @Nullable String contentType) {

	public static final RequestData NONE = new RequestData(BodyPublishers.noBody(), null);

	/** The text itself, or the file behind an {@code @}. */
	public static RequestData of(String data) {
		return data.startsWith("@") ? ofFile(data.substring(1)) : ofText(data);
	}

	/** The text itself, whatever it begins with. */
	public static RequestData ofText(String data) {
		return new RequestData(BodyPublishers.ofString(data),
				data.matches("(?s)\\s*[\\[{].*") ? "application/json" : "text/plain");
	}

	private static RequestData ofFile(String name) {
		try {
			String guess = name.endsWith(".json") ? "application/json" : URLConnection.guessContentTypeFromName(name);
			return new RequestData(BodyPublishers.ofFile(Path.of(name)),
					(guess != null) ? guess : "application/octet-stream");
		}
		catch (FileNotFoundException | IllegalArgumentException ex) {
			throw new WrongOptionException("--data", "there is no file " + name + " to read");
		}
	}

}
