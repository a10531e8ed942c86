package hapax.tools;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of who may know whom, each with its reason. */
class ArchitectureTest {
  private static JavaClasses hapax;

  @BeforeAll
  static void readClasses() {
    hapax =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("hapax");
  }

  private static DescribedPredicate<JavaClass> in(String name) {
    return are(resideInAPackage("hapax." + name + ".."));
  }

  @Test
  void noModuleShouldImportUpward() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("tools")
        .definedBy(in("tools"))
        .layer("sync")
        .definedBy(in("sync"))
        .layer("reconstructor")
        .definedBy(in("reconstruct"))
        .layer("mime-splitter")
        .definedBy(in("mime"))
        .layer("blob-store")
        .definedBy(in("blob"))
        .whereLayer("tools")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("sync")
        .mayOnlyBeAccessedByLayers("tools")
        .whereLayer("reconstructor")
        .mayOnlyBeAccessedByLayers("tools", "sync")
        .whereLayer("mime-splitter")
        .mayOnlyBeAccessedByLayers("tools", "reconstructor")
        .whereLayer("blob-store")
        .mayOnlyBeAccessedByLayers("tools", "sync", "reconstructor")
        .because("a lower module is understood, tested and used without the upper ones")
        .check(hapax);
  }

  @Test
  void packagesShouldBeFreeOfCircles() {
    slices()
        .matching("hapax.(**)")
        .should()
        .beFreeOfCycles()
        .because("packages that need each other are one package")
        .check(hapax);
  }

  @Test
  void splitterAndStoreShouldNotKnowEachOther() {
    noClasses()
        .that(in("mime"))
        .should()
        .dependOnClassesThat(in("blob"))
        .because("the splitter is pure: it finds parts and stores nothing")
        .check(hapax);
    noClasses()
        .that(in("blob"))
        .should()
        .dependOnClassesThat(in("mime"))
        .because("the store keeps bytes: it would hold anything, not only mail")
        .check(hapax);
  }

  @Test
  void syncShouldKnowNoMime() {
    noClasses()
        .that(in("sync"))
        .should()
        .dependOnClassesThat(resideInAnyPackage("hapax.mime..", "org.apache.james.."))
        .because("replicas exchange messages and blobs; what is in them is not their business")
        .check(hapax);
  }

  @Test
  void mime4jShouldStayInTheSplitter() {
    noClasses()
        .that(are(DescribedPredicate.not(resideInAPackage("hapax.mime.."))))
        .should()
        .dependOnClassesThat(resideInAPackage("org.apache.james.."))
        .because("the parser can be replaced as long as one package knows it")
        .check(hapax);
  }

  @Test
  void bouncyCastleShouldStayWithTheSignatures() {
    noClasses()
        .that(are(DescribedPredicate.not(resideInAPackage("hapax.reconstruct.signature.."))))
        .and()
        .doNotHaveFullyQualifiedName("hapax.tools.SelfSigned")
        .should()
        .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
        .because(
            "verdicts are given in words of our own; else only the making of a certificate needs"
                + " it, for which Java has no public class")
        .check(hapax);
  }

  @Test
  void rocksDbShouldStayInTheClassesNamedForIt() {
    noClasses()
        .that()
        .haveNameNotMatching("hapax\\.blob\\.Rocks.*")
        .should()
        .dependOnClassesThat(resideInAPackage("org.rocksdb.."))
        .because("native objects must be closed in order, and the catalog is to have other homes")
        .check(hapax);
  }

  @Test
  void zstdShouldStayInTheStore() {
    noClasses()
        .that(are(DescribedPredicate.not(resideInAPackage("hapax.blob.."))))
        .should()
        .dependOnClassesThat(resideInAPackage("com.github.luben.."))
        .because("how frames are compressed is for the pack format alone to say")
        .check(hapax);
  }

  @Test
  void onlyMainShouldExit() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .because("whoever exits leaves a store open")
        .check(hapax);
  }
}
