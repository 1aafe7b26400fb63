package io.github.x402sessions.spring.autoconfigure;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Explains a start that fails for a class or a method which another generation of Spring
 * Boot does not have.
 */
final class OtherBootFailureAnalyzer implements FailureAnalyzer {

	private static final String GENERATION = "4.";

	private final @Nullable String version;

	OtherBootFailureAnalyzer() {
		this(SpringBootVersion.getVersion());
	}

	OtherBootFailureAnalyzer(@Nullable String version) {
		this.version = version;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		if (this.version == null || this.version.startsWith(GENERATION) || !isForWantOfCode(failure)) {
			return null;
		}
		return new FailureAnalysis(
				"x402-spring-boot-starter is made for Spring Boot 4, and this application has " + this.version + ".",
				"Use Spring Boot 4, or charge with the filter of x402-servlet-filter, which needs no Spring.", failure);
	}

	private static boolean isForWantOfCode(Throwable failure) {
		return Stream.iterate(failure, (cause) -> cause != null, Throwable::getCause)
			.anyMatch((cause) -> cause instanceof ClassNotFoundException || cause instanceof LinkageError);
	}

}
