/** What the file chooser offers for leads: text in columns, and Excel workbooks. */
export const acceptedFiles =
  '.csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
