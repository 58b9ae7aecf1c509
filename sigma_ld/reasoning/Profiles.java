import java.io.File;
import java.util.TreeSet;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLAxiom;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2ELProfile;
import org.semanticweb.owlapi.profiles.OWL2QLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Writes a line for each profile of OWL 2, and one for each thing in a file that breaks it. */
public final class Profiles {
    public static void main(String[] files) throws Exception {
        OWLOntology ontology =
            OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(files[0]));
        System.out.println("axioms\t" + ontology.getLogicalAxiomCount());
        OWLProfile[] profiles = {
            new OWL2DLProfile(), new OWL2ELProfile(), new OWL2QLProfile(), new OWL2RLProfile()
        };
        for (OWLProfile profile : profiles) {
            String name = profile.getClass().getSimpleName().substring(4, 6);
            TreeSet<String> lines = new TreeSet<>();
            for (OWLProfileViolation broken : profile.checkOntology(ontology).getViolations()) {
                OWLAxiom axiom = broken.getAxiom();
                String what = axiom == null ? broken.toString().replaceAll(" \\[.*", "") : axiom.toString();
                lines.add(broken.getClass().getSimpleName() + "\t" + what.replaceAll("\\s+", " "));
            }
            System.out.println("profile\t" + name);
            for (String line : lines) {
                System.out.println("broken\t" + line);
            }
        }
    }
}
