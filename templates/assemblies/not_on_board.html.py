BBBBBBB BBBBBBBBBBB
BBBBB BBBBB gettext(u'Préparer une assemblée') BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Préparer une assemblée') XXXXX
  XX XXXXXXXXXXX XXXXXXXX gettext(u'C’est le conseil qui prépare et convoque\xa0: vous n’y siégez pas aujourd’hui.') XXXX
  XX XXXXXXXXXXXXXXXXX XXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Voir les assemblées') XXXXXXXX
BBBBBBBB
