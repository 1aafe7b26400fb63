package io.github.x402sessions.facilitator.config;

import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The payment schemes that are served.
 *
 * @param schemes their names: {@code session}, {@code exact} or both
 */
@ConfigurationProperties("facilitator")
public record SchemeProperties(@DefaultValue( {
		SchemeProperties.SESSION, SchemeProperties.EXACT }) List<String> schemes){

	static final String SESSION = "session";

	static final String EXACT = "exact";

	/**
	 * Check the names.
	 * @throws InvalidPropertyException if there is none, or one that is not known
	 */
	public SchemeProperties {
		schemes = schemes.stream().map(String::trim).distinct().toList();
		if (schemes.isEmpty() || !Set.of(SESSION, EXACT).containsAll(schemes)) {
			throw new InvalidPropertyException("schemes", "names no scheme, or one that is not known",
					"Set it to session, to exact, or to session,exact.");
		}
	}

	/** Tell whether a scheme is served. */
	public boolean serves(String scheme) {
		return this.schemes.contains(scheme);
	}

	/** Tell whether sessions are served. */
	public boolean servesSessions() {
		return serves(SESSION);
	}

}
