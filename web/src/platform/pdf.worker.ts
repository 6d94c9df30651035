/** What takes a PDF apart, where it can reach nothing of the page. */
import "pdfjs-dist/build/pdf.worker.min.mjs";
