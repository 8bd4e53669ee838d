package dev.slope;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.slope.graph.TensorFlowRuntime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.TensorFlow;

/** The layers of the design: imports point left only. */
class ArchitectureTest {
  private static final List<String> LAYERS =
      List.of(
          "config",
          "data",
          "features",
          "graph",
          "training",
          "evaluation",
          "export",
          "report",
          "tuning",
          "pipeline",
          "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.slope");

  @Test
  void importsPointLeft() {
    LayeredArchitecture rule =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String layer : LAYERS) {
      rule = rule.layer(layer).definedBy("dev.slope." + layer + "..");
    }
    rule = rule.whereLayer(LAYERS.get(0)).mayNotAccessAnyLayer();
    for (int i = 1; i < LAYERS.size(); i++) {
      rule =
          rule.whereLayer(LAYERS.get(i))
              .mayOnlyAccessLayers(LAYERS.subList(0, i).toArray(String[]::new));
    }
    rule.check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.slope.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void tensorFlowStaysInsideItsLayers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.slope.graph..",
            "dev.slope.training..",
            "dev.slope.export..",
            "dev.slope.report.tensorboard..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
        .check(CLASSES);
  }

  /** Two threads that load TensorFlow on their own can wait for each other forever. */
  @Test
  void onlyTheRuntimeLoadsTensorFlow() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(TensorFlowRuntime.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(TensorFlowRuntime.class.getName() + "$Loaded")
        .should()
        .callConstructor(Graph.class)
        .orShould()
        .callMethod(SavedModelBundle.class, "loader", String.class)
        .orShould()
        .callMethod(SavedModelBundle.class, "load", String.class, String[].class)
        .orShould()
        .callMethodWhere(target(owner(equivalentTo(TensorFlow.class))))
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineUsesStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.slope.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void noGenericExceptions() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
  }
}
