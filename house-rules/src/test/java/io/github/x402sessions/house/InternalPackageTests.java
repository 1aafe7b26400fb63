package io.github.x402sessions.house;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.x402sessions.house.House.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packages that a module has for others. A type of another package may be public, but
 * only for the module itself.
 */
class InternalPackageTests {

	/** By module, each with all that it has for others. */
	private static final Map<String, Set<String>> OPEN = Map.ofEntries(//
			Map.entry("core",
					Set.of("core", "core.bazaar", "core.body", "core.challenge", "core.csv", "core.facilitator",
							"core.facilitator.http", "core.facilitator.notice", "core.facilitator.refresh", "core.gate",
							"core.hash", "core.http", "core.idempotency", "core.offer", "core.payment", "core.price",
							"core.protocol", "core.purchase", "core.scheme", "core.scheme.session", "core.settle",
							"core.terms")),
			Map.entry("servlet", Set.of("servlet", "servlet.idempotency", "servlet.payment", "servlet.route")),
			Map.entry("spring",
					Set.of("spring", "spring.journal", "spring.observation", "spring.route", "spring.schema")),
			Map.entry("test", Set.of("test", "test.devnet")),
			Map.entry("stellar",
					Set.of("stellar.account", "stellar.approval", "stellar.balance", "stellar.exact", "stellar.fee",
							"stellar.rpc", "stellar.transaction", "stellar.transfer")),
			Map.entry("client",
					Set.of("client", "client.approval", "client.diagnosis", "client.discovery", "client.http",
							"client.opening", "client.payment", "client.payment.consent", "client.payment.exact",
							"client.payment.offer", "client.payment.session", "client.signing")),
			Map.entry("adapter", Set.of("adapter.feign", "adapter.mcp", "adapter.okhttp", "adapter.spring")),
			Map.entry("mcp", Set.of("mcp")),
			Map.entry("facilitator", Set.of("facilitator", "facilitator.config", "facilitator.event")),
			Map.entry("devnet", Set.of("devnet", "devnet.fault", "devnet.junit")),
			Map.entry("webflux", Set.of("webflux")));

	static Stream<String> modules() {
		return OPEN.keySet().stream().sorted();
	}

	@Test
	void theTableHasEveryModule() {
		assertThat(House.libraryPackages()).isEqualTo(OPEN.keySet());
	}

	@Test
	void everyOpenPackageExists() {
		assertThat(House.CLASSES.stream().map((type) -> type.getPackageName().substring(ROOT.length())))
			.containsAll(OPEN.values().stream().flatMap(Set::stream).toList());
	}

	@ParameterizedTest
	@MethodSource("modules")
	void whatIsInternalIsKnownInItsModuleOnly(String module) {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + module + "..")
			.should()
			.dependOnClassesThat(describe("are internal to " + module, (type) -> isInternal(type, module)))
			.check(House.CLASSES);
	}

	private static boolean isInternal(JavaClass type, String module) {
		String name = type.getBaseComponentType().getPackageName();
		return (name + ".").startsWith(ROOT + module + ".")
				&& !OPEN.get(module).contains(name.substring(ROOT.length()));
	}

}
