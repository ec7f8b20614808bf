"""The table of kinds of enterprise, below the codes that its rows share."""

from registers.seed.sources.kinds import CodeText, Kind, Profession, ServiceType, Traits

AS, ORGL = CodeText("AS", "Aksjeselskap"), CodeText("ORGL", "Organisasjonsledd")
IKS = CodeText("IKS", "Interkommunalt selskap")
KOMM = CodeText("KOMM", "Kommune")
SPECIAL_LAW = CodeText("SÆR", "Annet foretak iflg. særskilt lov")
PRIVATE_COMPANIES = CodeText("2100", "Private aksjeselskaper mv.")
MUNICIPAL_COMPANIES = CodeText("1510", "Kommunale foretak med ubegrenset ansvar")
MUNICIPAL = CodeText("6500", "Kommuneforvaltningen")
STATE_ADMINISTRATION = CodeText("6100", "Statsforvaltningen")
ADMINISTRATION = CodeText("84.110", "Generell offentlig administrasjon")
CONSULTING = CodeText("70.220", "Bedriftsrådgivning og annen administrativ rådgivning")
HOSPITAL = CodeText("86.101", "Alminnelige somatiske sykehus")
MENTAL_HEALTH = CodeText("86.104", "Institusjoner i psykisk helsevern for voksne")
NURSING_HOME = CodeText("87.102", "Somatiske sykehjem")
GENERAL_PRACTICE = CodeText("86.211", "Allmenn legetjeneste")
PHARMACY_TRADE = CodeText("47.730", "Butikkhandel med apotekvarer")
DENTAL = CodeText("86.230", "Tannhelsetjenester")
MEDICAL_LABORATORY = CodeText("86.906", "Medisinske laboratorietjenester")
OTHER_HEALTH = CodeText("86.909", "Andre helsetjenester")
PHYSIO = CodeText("86.902", "Fysioterapitjeneste")
REHABILITATION = CodeText("86.107", "Rehabiliterings- og opptreningsinstitusjoner")

HOSPITAL_TRUST = CodeText("101", "Helseforetak / private sykehus")
GENERAL_PRACTITIONER = CodeText("103", "Fastlege og annen privat virksomhet som yter helsetjenester")
VACANT_LIST = ServiceType(8666, "KX17", "Fastlege, liste uten fast lege")
GENERAL = ServiceType(8666, "05", "Allmennlege")
CASEWORK = ServiceType(8666, "8", "Saksbehandling pasientopplysninger")
PRESCRIBING = ServiceType(8666, "FR", "Forskrivning")
# The national values of 8660, 8664 and 8668 are not public: these are our own.
SPECIALITIES = tuple(
    ServiceType(8668, f"S{number:02}", name)
    for number, name in enumerate(
        (
            *("Indremedisin", "Kirurgi", "Ortopedi", "Barnesykdommer", "Fødselshjelp"),
            *("Kvinnesykdommer", "Øre-nese-hals", "Øyesykdommer", "Hudsykdommer", "Nevrologi"),
            *("Revmatologi", "Kreftbehandling", "Hjertesykdommer", "Lungesykdommer"),
            *("Nyresykdommer", "Fordøyelsessykdommer", "Psykisk helsevern for voksne"),
            *("Psykisk helsevern for barn og unge", "Rehabilitering", "Rusbehandling"),
        ),
        start=1,
    )
)
MUNICIPAL_SERVICES = (
    ServiceType(8663, "KP02", "Sykepleietjeneste"),
    ServiceType(8663, "KP01", "Legetjeneste ved sykehjem"),
    CASEWORK,
    GENERAL,
    ServiceType(8666, "01", "Bedriftshelsetjeneste"),
    PRESCRIBING,
)
DOCTOR = Profession("LE", ("Fastlege", "Lege", "Spesialist i allmennmedisin"))

TRAITS: dict[Kind, Traits] = {
    Kind.HEALTH_AUTHORITY: Traits(
        business_type=HOSPITAL_TRUST,
        name="Helse {} RHF",
        form=SPECIAL_LAW,
        sector=STATE_ADMINISTRATION,
        industry=ADMINISTRATION,
        sub_units=(),
        party_of_sub_unit=False,
        services=(CASEWORK, ServiceType(8658, "4", "Digitale innbyggertjenester")),
        employees=180,
    ),
    Kind.HEALTH_TRUST: Traits(
        business_type=HOSPITAL_TRUST,
        name="Helseforetaket {} HF",
        form=SPECIAL_LAW,
        sector=STATE_ADMINISTRATION,
        industry=HOSPITAL,
        sub_units=(
            ("{} sykehus", HOSPITAL),
            ("{} lokalsykehus", HOSPITAL),
            ("{} DPS", MENTAL_HEALTH),
        ),
        party_of_sub_unit=False,
        services=(*SPECIALITIES, CASEWORK, PRESCRIBING),
        profession=Profession("LE", ("Avtalespesialist", "Overlege")),
        employees=4200,
    ),
    Kind.MUNICIPALITY: Traits(
        business_type=CodeText("102", "Kommune"),
        name="",  # named after the municipality it lies in
        form=KOMM,
        sector=MUNICIPAL,
        industry=ADMINISTRATION,
        sub_units=(("{} sykehjem", NURSING_HOME),),
        party_of_sub_unit=False,
        services=MUNICIPAL_SERVICES,
        employees=900,
    ),
    Kind.GP_OFFICE_WITH_VACANT_LIST: Traits(
        business_type=GENERAL_PRACTITIONER,
        name="{} legesenter",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=GENERAL_PRACTICE,
        sub_units=(("{}", GENERAL_PRACTICE),),
        services=(VACANT_LIST, GENERAL, CASEWORK),
        profession=DOCTOR,
        employees=11,
    ),
    Kind.GP_OFFICE: Traits(
        business_type=GENERAL_PRACTITIONER,
        name="{} legekontor",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=GENERAL_PRACTICE,
        sub_units=(("{}", GENERAL_PRACTICE),),
        services=(GENERAL, CASEWORK),
        profession=DOCTOR,
        employees=9,
    ),
    Kind.PHARMACY: Traits(
        business_type=CodeText("108", "Apotek og bandasjist"),
        name="Apotek {}",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=PHARMACY_TRADE,
        sub_units=(("{}", PHARMACY_TRADE),),
        services=(ServiceType(8664, "A01", "Apotek"), ServiceType(8664, "A02", "Bandasjist")),
        employees=7,
    ),
    Kind.DENTIST: Traits(
        business_type=CodeText("110", "Tannlege / tannhelse"),
        name="{} tannklinikk",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=DENTAL,
        sub_units=(("{}", DENTAL),),
        services=(CASEWORK, PRESCRIBING),
        profession=Profession("TL", ("Tannlege", "Spesialist i kjeveortopedi")),
        employees=5,
    ),
    Kind.LABORATORY: Traits(
        business_type=CodeText("105", "Privat laboratorium"),
        name="{} medisinske laboratorium",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=MEDICAL_LABORATORY,
        sub_units=(("{}", MEDICAL_LABORATORY),),
        services=(
            ServiceType(8660, "L01", "Medisinsk biokjemi"),
            ServiceType(8660, "L02", "Medisinsk mikrobiologi"),
            ServiceType(8660, "L03", "Patologi"),
        ),
        employees=60,
    ),
    Kind.RADIOLOGY: Traits(
        business_type=CodeText("104", "Privat røntgeninstitutt"),
        name="{} røntgeninstitutt",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=OTHER_HEALTH,
        sub_units=(("{}", OTHER_HEALTH),),
        services=(ServiceType(8660, "R01", "Radiologi"), ServiceType(8660, "R02", "Ultralyd")),
        employees=25,
    ),
    Kind.INTER_MUNICIPAL: Traits(
        business_type=CodeText("114", "Interkommunal virksomhet"),
        name="{} interkommunale legevakt",
        legal_suffix=" IKS",
        form=IKS,
        sector=MUNICIPAL_COMPANIES,
        industry=OTHER_HEALTH,
        sub_units=(("{}", GENERAL_PRACTICE),),
        party_of_sub_unit=False,
        services=(GENERAL, *MUNICIPAL_SERVICES[:2]),
        employees=40,
    ),
    Kind.STATE: Traits(
        business_type=CodeText("113", "Statlig forvaltning"),
        name="{} helseregisteretat",
        form=ORGL,
        sector=STATE_ADMINISTRATION,
        industry=ADMINISTRATION,
        sub_units=(("{}", ADMINISTRATION),),
        party_of_sub_unit=False,
        services=(
            ServiceType(8658, "4", "Digitale innbyggertjenester"),
            ServiceType(8658, "6", "Meldingsvalidering"),
        ),
        employees=250,
    ),
    Kind.PHYSIOTHERAPY: Traits(
        business_type=GENERAL_PRACTITIONER,
        name="{} fysioterapi",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=PHYSIO,
        sub_units=(("{}", PHYSIO),),
        services=(CASEWORK,),
        profession=Profession("FT", ("Fysioterapeut", "Spesialist i manuellterapi")),
        employees=4,
    ),
    Kind.PRIVATE: Traits(
        business_type=CodeText("116", "Annen privat aktør"),
        name="{} rehabilitering",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=REHABILITATION,
        sub_units=(("{}", REHABILITATION),),
        services=(CASEWORK, GENERAL),
        employees=35,
    ),
    Kind.OTHER: Traits(
        business_type=CodeText("115", "Øvrig virksomhet som ikke yter helsehjelp"),
        name="{} forsikring",
        legal_suffix=" AS",
        form=AS,
        sector=PRIVATE_COMPANIES,
        industry=CONSULTING,
        sub_units=(("{}", CONSULTING),),
        services=(CASEWORK,),
        employees=80,
    ),
}
