package io.github.x402sessions.samples.paidchat;

import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may know whom, for all modules. This sample is the one place that has them all on
 * its class path.
 */
class HouseRulesTests {

	private static final String ROOT = "io.github.x402sessions.";

	private static final String[] EVERYWHERE = { "java..", "javax.net..", "javax.crypto..",
			"org.jspecify.annotations..", "org.slf4j.." };

	private static final JavaClasses HOUSE = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.x402sessions");

	static Stream<Arguments> modules() {
		return Stream.of(
				Arguments.of("core",
						new String[] { "feign..", "io.github.resilience4j.circuitbreaker..", "tools.jackson..",
								"com.fasterxml.jackson.annotation.." }),
				Arguments.of("servlet",
						new String[] { ROOT + "core..", "jakarta.servlet..", "com.github.benmanes.caffeine.." }),
				Arguments.of("spring",
						new String[] { ROOT + "core..", ROOT + "servlet..", ROOT + "client..", ROOT + "adapter..",
								"jakarta.servlet..", "io.micrometer..", "org.springframework..", "org.springdoc..",
								"io.swagger.v3.oas.models.." }),
				Arguments.of("client", new String[] { ROOT + "core..", "org.stellar.sdk.." }),
				Arguments.of("adapter",
						new String[] { ROOT + "core..", ROOT + "client..", "org.springframework..", "reactor..",
								"org.reactivestreams..", "okhttp3..", "okio..", "kotlin..", "feign.." }),
				Arguments.of("facilitator",
						new String[] { ROOT + "core..", "org.stellar.sdk..", "org.springframework..",
								"com.zaxxer.hikari..", "org.flywaydb..", "jakarta.servlet..", "tools.jackson..",
								"picocli..", "com.github.benmanes.caffeine..", "io.micrometer..",
								"io.github.bucket4j.." }),
				Arguments.of("devnet", new String[] { "org.stellar.sdk..", "tools.jackson..", "com.fasterxml.jackson..",
						"com.sun.net.httpserver..", "picocli..", "org.bouncycastle..", "org.junit.." }));
	}

	@ParameterizedTest
	@MethodSource("modules")
	void aModuleKnowsOnlyWhatItMay(String module, String[] others) {
		DescribedPredicate<JavaClass> allowed = resideInAnyPackage(EVERYWHERE).or(resideInAnyPackage(others))
			.or(resideInAnyPackage(ROOT + module + ".."));
		classes().that()
			.resideInAPackage(ROOT + module + "..")
			.should()
			.onlyDependOnClassesThat(allowed.or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive))
				.or(DescribedPredicate.describe("array", JavaClass::isArray)))
			.check(HOUSE);
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
			.check(HOUSE);
		noClasses().that()
			.resideInAPackage(ROOT + "devnet..")
			.and()
			.doNotHaveSimpleName("CertificateAuthority")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.bouncycastle..")
			.check(HOUSE);
	}

	@Test
	void noLibraryStandsInAPublicSignatureOfCoreFilterAndClient() {
		codeUnits().that()
			.arePublic()
			.and()
			.areDeclaredInClassesThat()
			.arePublic()
			.and()
			.areDeclaredInClassesThat()
			.resideInAnyPackage(ROOT + "core..", ROOT + "servlet..", ROOT + "client..")
			.should(mentionNoTypeOf("feign.", "tools.jackson.", "com.fasterxml.", "org.stellar.", "okhttp3."))
			.check(HOUSE);
	}

	@Test
	void featuresDoNotDependOnEachOtherInCircles() {
		for (String module : new String[] { "core", "client", "facilitator", "devnet" }) {
			slices().matching(ROOT + module + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true).check(HOUSE);
		}
	}

	@Test
	void autoConfigurationsAreFinalAndShowNothing() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.check(HOUSE);
	}

	@Test
	void everyPackageIsNullMarked() {
		classes().should(new ArchCondition<>("be in a package that is @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked, type.getName() + " is not in a @NullMarked package"));
			}

		}).check(HOUSE);
	}

	private static ArchCondition<JavaCodeUnit> mentionNoTypeOf(String... packages) {
		return new ArchCondition<>("mention no type of " + String.join(", ", packages)) {

			@Override
			public void check(JavaCodeUnit unit, ConditionEvents events) {
				Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
					.filter((type) -> Stream.of(packages).anyMatch(type.getName()::startsWith))
					.forEach((type) -> events
						.add(SimpleConditionEvent.violated(unit, unit.getFullName() + " mentions " + type.getName())));
			}

		};
	}

}
