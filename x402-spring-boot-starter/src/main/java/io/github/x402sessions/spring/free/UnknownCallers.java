package io.github.x402sessions.spring.free;

import java.util.Set;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Refuses conditions where there is no Spring Security, so that nobody is known.
 */
final class UnknownCallers implements FreeConditions {

	@Override
	public void check(String place, String condition, Set<String> variables) {
		throw new InvalidX402ConfigurationException(place,
				"it is free for some callers, and there is no Spring Security that knows them",
				"Add org.springframework.boot:spring-boot-starter-security, or leave the condition out.");
	}

	@Override
	public boolean isMet(String condition, HttpServletRequest request) {
		return false;
	}

}
