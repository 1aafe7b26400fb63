package io.github.x402sessions.house;

import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.x402sessions.house.House.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may know whom: the table of {@code CONTRIBUTING.md}. Samples and benchmarks may
 * know all modules, and no module knows them.
 */
class ModuleDependencyTests {

	private static final DescribedPredicate<JavaClass> EVERYWHERE = resideInAnyPackage("java..", "javax.net..",
			"javax.crypto..", "org.jspecify.annotations..", "org.slf4j..")
		.or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive))
		.or(DescribedPredicate.describe("array", JavaClass::isArray));

	private static final Map<String, String[]> OTHERS = Map.ofEntries(//
			Map.entry("core",
					new String[] { "feign..", "io.github.resilience4j.circuitbreaker..", "tools.jackson..",
							"com.fasterxml.jackson.annotation..", "com.github.benmanes.caffeine..", "org.jose4j.." }),
			Map.entry("servlet", new String[] { ROOT + "core..", "jakarta.servlet.." }),
			Map.entry("spring",
					new String[] { ROOT + "core..", ROOT + "servlet..", ROOT + "client..", ROOT + "adapter..",
							"jakarta.servlet..", "io.micrometer..", "io.lettuce..", "org.springframework..",
							"org.springdoc..", "io.swagger.v3.oas.models..", "tools.jackson..",
							"com.fasterxml.jackson..", "org.flywaydb..", "javax.sql.." }),
			Map.entry("test",
					new String[] { ROOT + "core..", ROOT + "servlet..", ROOT + "client..", ROOT + "facilitator..",
							ROOT + "devnet..", "org.stellar.sdk..", "jakarta.servlet..", "org.springframework..",
							"org.assertj.core.." }),
			Map.entry("stellar", new String[] { ROOT + "core..", "org.stellar.sdk..", "tools.jackson.." }),
			Map.entry("client", new String[] { ROOT + "core..", ROOT + "stellar..", "com.github.benmanes.caffeine.." }),
			Map.entry("adapter",
					new String[] { ROOT + "core..", ROOT + "client..", "org.springframework..", "reactor..",
							"org.reactivestreams..", "okhttp3..", "okio..", "kotlin..", "feign..",
							"io.modelcontextprotocol.." }),
			Map.entry("mcp",
					new String[] { ROOT + "core..", ROOT + "spring..", ROOT + "client..", ROOT + "adapter..",
							"jakarta.servlet..", "io.micrometer..", "org.springframework..", "reactor..",
							"org.reactivestreams..", "io.modelcontextprotocol..", "tools.jackson..",
							"org.aopalliance.intercept.." }),
			Map.entry("facilitator",
					new String[] { ROOT + "core..", ROOT + "stellar..", "org.springframework..", "com.zaxxer.hikari..",
							"org.flywaydb..", "jakarta.servlet..", "tools.jackson..", "picocli..",
							"com.github.benmanes.caffeine..", "io.micrometer..", "io.github.bucket4j..",
							"org.bouncycastle.math..", "com.networknt.schema..", "com.google.re2j..",
							"org.apache.catalina..", "org.apache.coyote.." }),
			Map.entry("devnet",
					new String[] { "org.stellar.sdk..", "tools.jackson..", "com.fasterxml.jackson..",
							"com.sun.net.httpserver..", "picocli..", "org.bouncycastle..", "org.junit.." }),
			Map.entry("webflux", new String[] { ROOT + "core..", ROOT + "spring..", "org.springframework..",
					"reactor..", "org.reactivestreams..", "io.netty..", "io.micrometer.." }));

	static Stream<String> modules() {
		return OTHERS.keySet().stream().sorted();
	}

	@Test
	void theTableHasEveryModule() {
		assertThat(House.libraryPackages()).isEqualTo(OTHERS.keySet());
	}

	@ParameterizedTest
	@MethodSource("modules")
	void aModuleKnowsOnlyWhatItMay(String module) {
		String own = ROOT + module + "..";
		classes().that()
			.resideInAPackage(own)
			.should()
			.onlyDependOnClassesThat(EVERYWHERE.or(resideInAnyPackage(own)).or(resideInAnyPackage(OTHERS.get(module))))
			.check(House.CLASSES);
	}

	@Test
	void whatIsOptionalForTheDevnetIsKnownInOnePlace() {
		noClasses().that()
			.resideInAPackage(ROOT + "devnet..")
			.and()
			.resideOutsideOfPackage(ROOT + "devnet.junit..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.junit..")
			.check(House.CLASSES);
		assertThat(House.classesOf("x402-stellar-devnet").that(dependOn("org.bouncycastle.."))).hasSize(1);
	}

	@Test
	void whatIsOptionalForTestsIsKnownInOnePlace() {
		noClasses().that()
			.resideInAPackage(ROOT + "test..")
			.and()
			.resideOutsideOfPackage(ROOT + "test.devnet..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(ROOT + "devnet..", ROOT + "client..", ROOT + "facilitator..", "org.stellar.sdk..")
			.check(House.CLASSES);
	}

	private static DescribedPredicate<JavaClass> dependOn(String packages) {
		return DescribedPredicate.describe("depend on " + packages,
				(type) -> type.getDirectDependenciesFromSelf()
					.stream()
					.anyMatch((dependency) -> resideInAnyPackage(packages).test(dependency.getTargetClass())));
	}

}
