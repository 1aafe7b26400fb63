package io.github.x402sessions.test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets the {@link ScriptedFacilitator}s of a test's application before each test, so
 * that no script outlives the test that wrote it.
 */
final class ScriptResetListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext test) {
		if (test.hasApplicationContext()) {
			ApplicationContext context = test.getApplicationContext();
			for (String name : context.getBeanNamesForType(ScriptedFacilitator.class, false, false)) {
				context.getBean(name, ScriptedFacilitator.class).reset();
			}
		}
	}

}
