package io.github.x402sessions.test;

import java.lang.reflect.AnnotatedElement;
import java.util.function.Consumer;

import io.github.x402sessions.test.PaymentScript.Fate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Begins each test with {@link ScriptedFacilitator}s that have no script, so that none
 * outlives the test that wrote it, and with the payment that it is {@link WithPayment}.
 */
final class PaymentTestListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext test) {
		WithPayment annotation = annotation(test);
		PaymentScript script = (annotation != null && annotation.enabled()) ? script(annotation) : null;
		if (!test.hasApplicationContext()) {
			require(script == null);
			return;
		}
		each(test, ScriptedFacilitator.class, ScriptedFacilitator::reset);
		int places = each(test, StandingPayment.class, (standing) -> standing.set(script));
		require(script == null || places > 0);
	}

	@Override
	public void afterTestMethod(TestContext test) {
		if (test.hasApplicationContext()) {
			each(test, StandingPayment.class, (standing) -> standing.set(null));
		}
	}

	private static <T> int each(TestContext test, Class<T> type, Consumer<T> action) {
		ApplicationContext context = test.getApplicationContext();
		String[] names = context.getBeanNamesForType(type, false, false);
		for (String name : names) {
			action.accept(context.getBean(name, type));
		}
		return names.length;
	}

	private static void require(boolean possible) {
		if (!possible) {
			throw new IllegalStateException("@WithPayment takes an application with @AutoConfigureX402");
		}
	}

	private static @Nullable WithPayment annotation(TestContext test) {
		AnnotatedElement method = test.getTestMethod();
		WithPayment own = AnnotatedElementUtils.findMergedAnnotation(method, WithPayment.class);
		return (own != null) ? own
				: TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), WithPayment.class);
	}

	private static PaymentScript script(WithPayment annotation) {
		PaymentScript script = new PaymentScript(given(annotation.from()), given(annotation.scheme()),
				given(annotation.network()), given(annotation.amount()), null, null);
		if (!annotation.refused().isEmpty() && !annotation.unsettled().isEmpty()) {
			throw new IllegalStateException("@WithPayment is either refused or unsettled");
		}
		if (!annotation.refused().isEmpty()) {
			return script.withFate(Fate.REFUSED, annotation.refused());
		}
		return annotation.unsettled().isEmpty() ? script : script.withFate(Fate.UNSETTLED, annotation.unsettled());
	}

	private static @Nullable String given(String value) {
		return value.isEmpty() ? null : value;
	}

}
