package io.github.x402sessions.spring;

import java.util.Collection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules that Spring Boot holds its own auto-configurations to.
 */
class AutoConfigurationRulesTests {

	private static final JavaClasses STARTER = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.x402sessions.spring");

	@Test
	void autoConfigurationsArePublicAndFinalAndShowNothing() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.andShould(haveNoPublicMember())
			.check(STARTER);
	}

	@Test
	void beanMethodsAreNotPrivateAndTakeNothingForGranted() {
		methods().that().areAnnotatedWith(Bean.class).should().notBePrivate().check(STARTER);
		noMethods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.beAnnotatedWith(ConditionalOnClass.class)
			.check(STARTER);
		noMethods().that().areAnnotatedWith(Bean.class).should(haveParametersThatAre(Lazy.class)).check(STARTER);
		noMethods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class)
				.or(com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(BeanFactoryPostProcessor.class)))
			.should()
			.notBeStatic()
			.allowEmptyShould(true)
			.check(STARTER);
	}

	@Test
	void everyBeanBacksOff() {
		methods().that().areAnnotatedWith(Bean.class).should(new ArchCondition<JavaMethod>("back off") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean backsOff = method.getAnnotations()
					.stream()
					.map((annotation) -> annotation.getRawType().getSimpleName())
					.anyMatch((name) -> name.startsWith("ConditionalOnMissing"));
				events.add(new SimpleConditionEvent(method, backsOff, method.getFullName() + " does not back off"));
			}

		}).check(STARTER);
	}

	@Test
	void aConditionNamesItsTypeOnlyWhereItDiffersFromTheBeans() {
		noMethods().that()
			.areAnnotatedWith(ConditionalOnMissingBean.class)
			.should(nameTheirOwnTypeOnly())
			.check(STARTER);
	}

	@Test
	void propertiesAreRecordsWithAPrefixInKebabCase() {
		classes().that()
			.areAnnotatedWith(ConfigurationProperties.class)
			.should()
			.beRecords()
			.andShould(new ArchCondition<JavaClass>("have a prefix in kebab case") {

				@Override
				public void check(JavaClass type, ConditionEvents events) {
					String prefix = type.getAnnotationOfType(ConfigurationProperties.class).value();
					events.add(new SimpleConditionEvent(type, prefix.matches("[a-z0-9]+([.-][a-z0-9]+)*"),
							type.getName() + " has the prefix '" + prefix + "'"));
				}

			})
			.check(STARTER);
	}

	@Test
	void everyAutoConfigurationIsListedAndNothingElse() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.filteredOn((name) -> name.startsWith("io.github.x402sessions.spring."))
			.containsExactlyInAnyOrderElementsOf(STARTER.stream()
				.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
				.map(JavaClass::getName)
				.toList());
	}

	private static ArchCondition<JavaClass> haveNoPublicMember() {
		return new ArchCondition<>("have no public member") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getMembers()
					.stream()
					.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC))
					.filter((member) -> !member.getName().equals("<init>") || type.getConstructors().size() > 1)
					.forEach((member) -> events
						.add(SimpleConditionEvent.violated(type, member.getFullName() + " is public")));
			}

		};
	}

	private static ArchCondition<JavaMethod> haveParametersThatAre(Class<?> annotation) {
		return new ArchCondition<>("have parameters annotated with " + annotation.getSimpleName()) {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean has = method.getParameters()
					.stream()
					.map(JavaParameter::getAnnotations)
					.flatMap(Collection::stream)
					.anyMatch((each) -> each.getRawType().isEquivalentTo(annotation));
				events.add(new SimpleConditionEvent(method, has, method.getFullName() + " has such a parameter"));
			}

		};
	}

	private static ArchCondition<JavaMethod> nameTheirOwnTypeOnly() {
		return new ArchCondition<>("name nothing but their own type") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				Class<?>[] types = method.getAnnotationOfType(ConditionalOnMissingBean.class).value();
				boolean own = types.length == 1 && method.getRawReturnType().isEquivalentTo(types[0]);
				events.add(new SimpleConditionEvent(method, own, method.getFullName() + " names its own type"));
			}

		};
	}

}
