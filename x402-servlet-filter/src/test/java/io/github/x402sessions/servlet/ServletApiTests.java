package io.github.x402sessions.servlet;

import java.net.URL;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.x402sessions.servlet.hold.HeldResponse;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the filter calls only what the servlet API of the class path has: the newest,
 * or that of {@code javax} where the javax jar is tested.
 */
class ServletApiTests {

	private static final String API = ServletResponse.class.getPackageName();

	@Test
	void everyServletMethodThatIsCalledExists() {
		URL filter = PaymentFilter.class.getProtectionDomain().getCodeSource().getLocation();
		JavaClasses classes = new ClassFileImporter().importUrl(filter);
		assertThat(classes.contain(HeldResponse.class)).isTrue();
		assertThat(filter.getPath().endsWith("-javax.jar")).isEqualTo(API.startsWith("javax."));
		Set<String> unlinked = classes.stream()
			.flatMap((type) -> type.getCodeUnitCallsFromSelf().stream())
			.filter((call) -> call.getTargetOwner().getName().startsWith(API))
			.filter((call) -> call.getTarget().resolveMember().isEmpty() && !isOfObject(call.getTarget().getName()))
			.map((call) -> signature(call.getOrigin()))
			.collect(Collectors.toSet());
		assertThat(unlinked).isSubsetOf(newMethods());
	}

	/** Compilers since 18 name the interface as the owner of these. */
	private static boolean isOfObject(String name) {
		return Arrays.stream(Object.class.getMethods()).anyMatch((method) -> method.getName().equals(name));
	}

	/** What came with Servlet 6.1: where the API lacks it, nobody can call it. */
	private static Set<String> newMethods() {
		boolean old = Arrays.stream(HttpServletResponse.class.getMethods())
			.noneMatch((method) -> method.getName().equals("sendRedirect") && method.getParameterCount() == 3);
		return old ? Set.of("sendRedirect/3") : Set.of();
	}

	private static String signature(JavaCodeUnit unit) {
		return unit.getName() + "/" + unit.getRawParameterTypes().size();
	}

}
