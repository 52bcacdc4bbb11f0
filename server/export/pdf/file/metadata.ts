/** What is known of the file, for programs that read XMP; pdfkit's own would not escape a title. */
import type { PackedDocument } from './packed-document.ts';

interface About {
  readonly title: string;
  readonly author: string;
  readonly program: string;
  readonly created: Date;
}

export function writeMetadata(document: PackedDocument, { title, author, program, created }: About): void {
  const date = `${created.toISOString().slice(0, 19)}Z`;
  const xml = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>${date}</xmp:CreateDate>
<xmp:ModifyDate>${date}</xmp:ModifyDate>
<xmp:CreatorTool>${escaped(program)}</xmp:CreatorTool>
<pdf:Producer>Proofdesk, with PDFKit</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
  const stream = document.ref({ Type: 'Metadata', Subtype: 'XML' });
  stream.end(new TextEncoder().encode(xml));
  document.catalog['Metadata'] = stream;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
