"""Tables as spreadsheets save them, or hand them over by copying."""

from odd_files.file import EXAM, FIGURES, STUDY, file

SPREADSHEETS = (
    file(
        "Excel, German",
        b"\xef\xbb\xbf" + "Fläche;Preis\r\n1.250,5;250.000\r\n980,25;199.000\r\n".encode(),
        {"Fläche": FIGURES["area"], "Preis": FIGURES["price"]},
        "1.250,5 read as 1250.5 in 3 cells of Fläche and Preis",
        "980,25 read as 980.25 in 1 cell of Fläche",
    ),
    file(
        "Excel, German, saved as plain CSV",
        "Größe;Note\r\n1,5;92\r\n2;86\r\n".encode("cp1252"),
        {"Größe": [1.5, 2], "Note": [92, 86]},
        "Read as Windows-1252",
        "1,5 read as 1.5 in 1 cell of Größe",
    ),
    file(
        "Excel, French, with narrow spaces",
        "surface;prix\r\n1\u202f250,5;250\u202f000 €\r\n980,25;199\u202f000 €\r\n",
        {"surface": FIGURES["area"], "prix": FIGURES["price"]},
        "1\u202f250,5 read as 1250.5 in 1 cell of surface",
        "980,25 read as 980.25 in 1 cell",
        "250\u202f000 € read as 250000 in 2 cells of prix",
    ),
    file(
        "Excel, Swiss",
        "area;price\r\n1’250.5;CHF 250’000\r\n980.25;CHF 199’000\r\n",
        FIGURES,
        "1’250.5 read as 1250.5 in 1 cell of area",
        "CHF 250’000 read as 250000 in 2 cells of price",
    ),
    file(
        "Excel, English, formatted",
        'area,price\r\n"1,250.50"," $250,000.00 "\r\n980.25," $199,000.00 "\r\n',
        FIGURES,
        "1,250.50 read as 1250.5 in 1 cell of area",
        "$250,000.00 read as 250000 in 2 cells of price",
    ),
    file(
        "Excel, Unicode text",
        "study\tsleep\tscore\r\n2\t9\t92\r\n1\t5\t86\r\n3\t6\t89\r\n4\t8\t\r\n".encode("utf-16"),
        STUDY,
    ),
    file(
        "Excel, empty cells that had a format",
        "study,sleep,score,,\r\n2,9,92,,\r\n1,5,86,,\r\n3,6,89,,\r\n4,8,,,\r\n,,,,\r\n,,,,\r\n",
        STUDY,
        "2 blank rows were left out",
        "2 blank last columns were left out",
    ),
    file("Excel, with its separator", "sep=;\r\n" + EXAM.replace(",", ";"), STUDY, "“sep=;”"),
    file("Excel, a separator of its own", 'sep=^\n"a"^"b"\n1^2\n', {"a": [1], "b": [2]}, "“sep=^”"),
    file(
        "Excel, errors",
        "a,b\n1,#DIV/0!\n2,#N/A\n3,#VALUE!\n4,5\n",
        {"a": [1, 2, 3, 4], "b": [None, None, None, 5]},
        "“#DIV/0!” read as blank in 1 cell of b",
        "“#N/A” read as blank in 1 cell of b",
        "“#VALUE!” read as blank in 1 cell of b",
    ),
    file(
        "Excel, bookkeeping",
        "month,balance\n1,(250)\n2,980\n3,–\n",
        {"month": [1, 2, 3], "balance": [-250, 980, None]},
        "(250) read as −250 in 1 cell of balance",
        "“–” read as blank in 1 cell of balance",
    ),
    file(
        "Excel, per cent",
        "share,score\n45%,1\n5.5 %,2\n",
        {"share": [45, 5.5], "score": [1, 2]},
        "45% read as 45 in 2 cells of share",
    ),
    file("Excel, large numbers", "a,b\n1.5E+06,1\n2E-3,2\n", {"a": [1.5e6, 0.002], "b": [1, 2]}),
    file(
        "Excel, large numbers, German",
        "a;b\n1,5E+06;1\n",
        {"a": [1.5e6], "b": [1]},
        "1,5E+06 read as 1500000",
    ),
    file(
        "Numbers",
        b"\xef\xbb\xbfTable 1,,\nstudy,sleep,score\n2,9,92\n1,5,86\n3,6,89\n4,8,\n",
        STUDY,
        "“Table 1”",
    ),
    file("Numbers, German", "\ufeffTabelle 1;;\n" + EXAM.replace(",", ";"), STUDY, "“Tabelle 1”"),
    file(
        "Google Sheets, pasted", "study\tsleep\tscore\n2\t9\t92\n1\t5\t86\n3\t6\t89\n4\t8\t", STUDY
    ),
    file(
        "Google Sheets, pasted with thousands",
        "area\tprice\n1,250.5\t$250,000\n980.25\t$199,000\n",
        FIGURES,
        "1,250.5 read as 1250.5",
        "$250,000 read as 250000 in 2 cells of price",
    ),
    file(
        "Google Sheets, German, as CSV",
        'area,price\n"1.250,5",250.000\n"980,25",199.000\n',
        FIGURES,
        "1.250,5 read as 1250.5 in 3 cells of area and price",
        "980,25 read as 980.25",
    ),
    file(
        "LibreOffice, everything quoted",
        '"study";"sleep";"score"\n"2";"9";"92"\n"1";"5";"86"\n"3";"6";"89"\n"4";"8";""\n',
        STUDY,
    ),
    file("LibreOffice, tabs and quotes", '"a b"\t"c"\n1\t"2"\n', {"a b": [1], "c": [2]}),
    file(
        "a title and a blank line above",
        "Exam scores of 2024\n\n" + EXAM,
        STUDY,
        "left out: “Exam scores of 2024”",
    ),
    file(
        "two lines above, one with a comma",
        "Report,2024\nmade by hand\na,b,c,d\n1,2,3,4\n5,6,7,8\n",
        {"a": [1, 5], "b": [2, 6], "c": [3, 7], "d": [4, 8]},
        "“Report 2024”",
        "“made by hand”",
    ),
    file(
        "a column left blank on the left",
        ",a,b\n,1,2\n,3,4\n",
        {"a": [1, 3], "b": [2, 4]},
        "1 column was left out, with neither name nor value",
    ),
    file(
        "a blank column between",
        "a,,b\n1,,2\n3,,4\n",
        {"a": [1, 3], "b": [2, 4]},
        "1 column was left out, with neither name nor value",
    ),
)
