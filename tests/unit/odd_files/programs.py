"""Tables as programs and collections of data write them."""

import pandas as pd

from odd_files.file import EXAM, FIGURES, NO_NAMES, STUDY, file

PROGRAMS = (
    file("pandas", pd.DataFrame(STUDY).to_csv(index=False), STUDY),
    file(
        "pandas, with index", pd.DataFrame(STUDY).to_csv(), STUDY, "only names the rows: 0, 1, 2 …"
    ),
    file(
        "pandas, filtered, with index",
        pd.DataFrame(STUDY).iloc[[3, 0, 2]].to_csv(),
        {"study": [4, 2, 3], "sleep": [8, 9, 6], "score": [None, 92, 89]},
        "only names the rows: 3, 0, 2 …",
    ),
    file(
        "pandas, index written twice",
        pd.DataFrame(STUDY).rename_axis("Unnamed: 0").to_csv(),
        STUDY,
        "only names the rows",
    ),
    file("pandas, tabs", pd.DataFrame(STUDY).to_csv(index=False, sep="\t"), STUDY),
    file(
        "pandas, semicolons and points", pd.DataFrame(FIGURES).to_csv(index=False, sep=";"), FIGURES
    ),
    file(
        "pandas, semicolons and commas",
        pd.DataFrame(FIGURES).to_csv(index=False, sep=";", decimal=","),
        FIGURES,
        "1250,5 read as 1250.5 in 4 cells of area and price",
    ),
    file(
        "pandas, NaN written out",
        pd.DataFrame(STUDY).to_csv(index=False, na_rep="NaN"),
        STUDY,
        "“NaN” read as blank in 1 cell of score",
    ),
    file("pandas, quoted", pd.DataFrame(STUDY).to_csv(index=False, quoting=1), STUDY),
    file("pandas, UTF-16", pd.DataFrame(STUDY).to_csv(index=False).encode("utf-16"), STUDY),
    file("pandas, UTF-16, big end first", b"\xfe\xff" + EXAM.encode("utf-16-be"), STUDY),
    file("pandas, UTF-16 without a mark", EXAM.encode("utf-16-le"), STUDY),
    file("pandas, UTF-32", EXAM.encode("utf-32"), STUDY),
    file(
        "pandas, three decimals each",
        pd.DataFrame({"a": [1.25, 2.5], "b": [3.0, 4.0]}).to_csv(index=False, float_format="%.3f"),
        {"a": [1.25, 2.5], "b": [3, 4]},
    ),
    file(
        "NumPy's savetxt",
        "a b\n1.000000000000000000e+00 2.5e+00\n3.0e+00 4.0e+00\n",
        {"a": [1, 3], "b": [2.5, 4]},
    ),
    file(
        "NumPy's savetxt, no names",
        "1.0e+00,2.5e+00\n3.0e+00,4.0e+00\n",
        {"column 1": [1, 3], "column 2": [2.5, 4]},
        NO_NAMES,
    ),
    file(
        "R's write.csv",
        '"","study","sleep","score"\n"1",2,9,92\n"2",1,5,86\n"3",3,6,89\n"4",4,8,NA\n',
        STUDY,
        "only names the rows: 1, 2, 3 …",
        "“NA” read as blank in 1 cell of score",
    ),
    file(
        "R's write.csv, rows with names",
        '"","mpg","cyl"\n"Mazda RX4",21,6\n"Datsun 710",22.8,4\n',
        {"mpg": [21, 22.8], "cyl": [6, 4]},
        "only names the rows: Mazda RX4, Datsun 710 …",
    ),
    file(
        "R's write.csv2",
        '"";"a";"b"\n"1";1,5;2\n"2";2,25;3\n',
        {"a": [1.5, 2.25], "b": [2, 3]},
        "only names the rows",
        "1,5 read as 1.5 in 2 cells of a",
    ),
    file(
        "R's write.table",
        "a b\n1 1.5 2\n2 2.25 3\n",
        {"a": [1.5, 2.25], "b": [2, 3]},
        "only names the rows: 1, 2 …",
    ),
    file(
        "R's write.table with commas",
        '"a","b"\n"x",1,2\n"y",3,4\n',
        {"a": [1, 3], "b": [2, 4]},
        "only names the rows: x, y …",
    ),
    file(
        "SPSS, blanks and a decimal comma",
        "a\tb\n1,50\t2\n \t3\n",
        {"a": [1.5, None], "b": [2, 3]},
        "1,50 read as 1.5 in 1 cell of a",
    ),
    file(
        "a database",
        "a,b\n1,NULL\n2,null\n3,4\n",
        {"a": [1, 2, 3], "b": [None, None, 4]},
        "“NULL” read as blank in 1 cell of b",
        "“null” read as blank in 1 cell of b",
    ),
    file("a database, bars", "a|b\n1|2\n3|4\n", {"a": [1, 3], "b": [2, 4]}),
    file(
        "Python",
        "a,b\n1,None\n2,nan\n3,4\n",
        {"a": [1, 2, 3], "b": [None, None, 4]},
        "“None” read as blank in 1 cell of b",
        "“nan” read as blank in 1 cell of b",
    ),
    file(
        "the World Bank",
        "a,b\n1,..\n2,5\n",
        {"a": [1, 2], "b": [None, 5]},
        "“..” read as blank in 1 cell of b",
    ),
    file(
        "UCI, iris without names",
        "5.1,3.5,1.4,0.2,Iris-setosa\n4.9,3.0,1.4,0.2,Iris-setosa\n\n",
        {
            "column 1": [5.1, 4.9],
            "column 2": [3.5, 3.0],
            "column 3": [1.4, 1.4],
            "column 4": [0.2, 0.2],
            "column 5": ["Iris-setosa", "Iris-setosa"],
        },
        NO_NAMES,
    ),
    file(
        "UCI, spaces between",
        "18.0   8   307.0\n15.0   8   350.0\n",
        {"column 1": [18, 15], "column 2": [8, 8], "column 3": [307, 350]},
        NO_NAMES,
    ),
    file(
        "UCI, wine, semicolons and points",
        '"fixed acidity";"density";"quality"\n7.4;0.9978;5\n11.2;0.998;6\n',
        {"fixed acidity": [7.4, 11.2], "density": [0.9978, 0.998], "quality": [5, 6]},
    ),
    file(
        "Kaggle",
        'Id,LotArea,Neighborhood,SalePrice\n1,8450,"CollgCr",208500\n2,9600,"Veenker",181500\n',
        {
            "Id": [1, 2],
            "LotArea": [8450, 9600],
            "Neighborhood": ["CollgCr", "Veenker"],
            "SalePrice": [208500, 181500],
        },
    ),
    file(
        "Kaggle, Titanic",
        'Survived,Name,Age\n0,"Braund, Mr. ""Owen"" Harris",22\n1,"Heikkinen, Miss",\n',
        {
            "Survived": [0, 1],
            "Name": ['Braund, Mr. "Owen" Harris', "Heikkinen, Miss"],
            "Age": [22, None],
        },
    ),
)
