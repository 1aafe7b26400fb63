package io.github.x402sessions.spring.route;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.schema.SchemaFit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.util.StringUtils;

/**
 * A declaration for catalogues that is written by hand, for a route of
 * {@code x402.routes}.
 */
final class DeclarationFile {

	/** The longest file that is read, bytes; a challenge has to have room for it. */
	static final int MAX_LENGTH = 4096;

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "DELETE", "POST", "PUT", "PATCH");

	private DeclarationFile() {
	}

	/**
	 * Read a file.
	 * @param property where it is named
	 * @param location the location, or {@code null} for none
	 * @throws InvalidX402ConfigurationException if it cannot be read, or is no
	 * declaration
	 */
	static @Nullable BazaarDeclaration read(String property, @Nullable String location) {
		if (!StringUtils.hasText(location)) {
			return null;
		}
		BazaarDeclaration declaration = BazaarDeclaration
			.of(Map.of(BazaarDeclaration.EXTENSION, json(property, location)))
			.orElseThrow(() -> invalid(property, "the file has no 'info' and 'schema'"));
		if (!(declaration.info().get("input") instanceof Map<?, ?> input) || !"http".equals(input.get("type"))
				|| !METHODS.contains(String.valueOf(input.get("method")))) {
			throw invalid(property, "its 'info.input' has not the type 'http' and a method");
		}
		if (hasOutsideReference(declaration.schema())) {
			throw invalid(property, "its schema refers to something outside of it");
		}
		if (!SchemaFit.fits(declaration.schema(), declaration.info())) {
			throw invalid(property, "its 'info' does not fit its 'schema'");
		}
		return declaration;
	}

	private static Map<?, ?> json(String property, String location) {
		try (InputStream in = ApplicationResourceLoader.get().getResource(location).getInputStream()) {
			byte[] json = in.readNBytes(MAX_LENGTH + 1);
			if (json.length > MAX_LENGTH) {
				throw invalid(property, "the file is longer than " + MAX_LENGTH + " bytes");
			}
			return WireJson.read(json, Map.class);
		}
		catch (IOException ex) {
			throw invalid(property, "the file cannot be read");
		}
		catch (MalformedMessageException ex) {
			throw invalid(property, "the file is not a JSON object");
		}
	}

	private static boolean hasOutsideReference(@Nullable Object schema) {
		if (schema instanceof Map<?, ?> members) {
			return members.entrySet()
				.stream()
				.anyMatch((member) -> (Set.of("$ref", "$id").contains(String.valueOf(member.getKey()))
						&& member.getValue() instanceof String target && !target.startsWith("#"))
						|| hasOutsideReference(member.getValue()));
		}
		return schema instanceof Iterable<?> items && anyOutside(items);
	}

	private static boolean anyOutside(Iterable<?> items) {
		for (Object item : items) {
			if (hasOutsideReference(item)) {
				return true;
			}
		}
		return false;
	}

	private static InvalidX402ConfigurationException invalid(String property, String why) {
		return new InvalidX402ConfigurationException(property, why,
				"Set " + property + " to a file such as classpath:quote.bazaar.json, with 'info' and 'schema'.");
	}

}
