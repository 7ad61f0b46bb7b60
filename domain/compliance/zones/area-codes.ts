/**
 * Every area code of the North American Numbering Plan that serves a place, and the zones in which that place lies.
 *
 * An area code is listed with two zones when the boundary runs through its territory, however small one part is: a number
 * says no more than its area code. Overlays share the zones of the code they overlay.
 *
 * Sources: the numbering plan administrator's assignments (NANPA, "Area Code Assignments" and planning letters; Canadian
 * Numbering Administrator), time zone boundaries of 49 CFR Part 71, provincial time acts for Canada. Two customs are
 * followed besides the law because whole exchanges keep them: eastern Alabama around Phenix City and Valley keeps Eastern
 * time (334), Jackpot and Owyhee in Nevada keep Mountain time (775). Codes without a place (toll-free, 5xx personal, 600,
 * 700, 710, 900) are left out on purpose.
 */
import {
  alaskaOrAleutian,
  alberta,
  arizona,
  arizonaOrNavajo,
  atlantic,
  britishColumbia,
  central,
  centralOrMountain,
  eastern,
  easternOrCentral,
  easternQuebec,
  guam,
  hawaii,
  manitoba,
  mountain,
  mountainOrPacific,
  newfoundlandOrLabrador,
  northwestOntario,
  northwestTerritories,
  nunavut,
  ontarioQuebec,
  pacific,
  puertoRico,
  saipan,
  samoa,
  saskatchewan,
  vancouver,
  virginIslands,
  yukon,
} from './zone-sets.ts';
import type { ZoneSet } from './zone-sets.ts';

export type AreaCode = {
  code: string;
  /** ISO 3166-1 alpha-2; the territories of the United States have their own (PR, VI, GU, MP, AS). */
  country: string;
  /** State, province or territory, two letters; the country again where it has none. */
  region: string;
  zones: ZoneSet;
};

type Row = readonly [country: string, region: string, codes: string, zones: ZoneSet];

const rows: readonly Row[] = [
  // United States
  ['US', 'AL', '205 251 256 659 938', central],
  ['US', 'AL', '334 483', easternOrCentral], // Phenix City, Smiths Station, Valley, Lanett: Eastern by custom
  ['US', 'AK', '907', alaskaOrAleutian],
  ['US', 'AZ', '480 520 602 623', arizona],
  ['US', 'AZ', '928', arizonaOrNavajo],
  ['US', 'AR', '327 479 501 870', central],
  ['US', 'CA', '209 213 279 310 323 341 350 357 369 408 415 424 442 510 530 559 562 619 626 628', pacific],
  [
    'US',
    'CA',
    '650 657 661 669 707 714 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951',
    pacific,
  ],
  ['US', 'CO', '303 719 720 748 970 983', mountain],
  ['US', 'CT', '203 475 860 959', eastern],
  ['US', 'DC', '202 771', eastern],
  ['US', 'DE', '302', eastern],
  [
    'US',
    'FL',
    '239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954',
    eastern,
  ],
  ['US', 'FL', '448 850', easternOrCentral], // the Apalachicola river divides the panhandle
  ['US', 'GA', '229 404 470 478 678 706 762 770 912 943', eastern],
  ['US', 'HI', '808', hawaii],
  ['US', 'IA', '319 515 563 641 712', central],
  ['US', 'ID', '208 986', mountainOrPacific], // the Salmon river divides the state
  ['US', 'IL', '217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872', central],
  ['US', 'IN', '260 317 463 765', eastern],
  ['US', 'IN', '219 574', easternOrCentral], // Lake, Porter, LaPorte, Newton, Jasper and Starke counties are Central
  ['US', 'IN', '812 930', easternOrCentral], // Evansville's six counties are Central
  ['US', 'KS', '316 913', central],
  ['US', 'KS', '620', centralOrMountain], // Hamilton and Greeley counties are Mountain
  ['US', 'KS', '785', centralOrMountain], // Sherman and Wallace counties are Mountain
  ['US', 'KY', '502 859', eastern],
  ['US', 'KY', '270 364', easternOrCentral],
  ['US', 'KY', '606', easternOrCentral], // Clinton county is Central
  ['US', 'LA', '225 318 337 457 504 985', central],
  ['US', 'MA', '339 351 413 508 617 774 781 857 978', eastern],
  ['US', 'MD', '227 240 301 410 443 667', eastern],
  ['US', 'ME', '207', eastern],
  ['US', 'MI', '231 248 269 313 517 586 616 679 734 810 947 989', eastern],
  ['US', 'MI', '906', easternOrCentral], // Gogebic, Iron, Dickinson and Menominee counties are Central
  ['US', 'MN', '218 320 507 612 651 763 924 952', central],
  ['US', 'MO', '235 314 417 557 573 636 660 816 975', central],
  ['US', 'MS', '228 471 601 662 769', central],
  ['US', 'MT', '406', mountain],
  ['US', 'NC', '252 336 472 704 743 828 910 919 980 984', eastern],
  ['US', 'ND', '701', centralOrMountain],
  ['US', 'NE', '308', centralOrMountain],
  ['US', 'NE', '402 531', centralOrMountain], // Cody, in the Mountain part of Cherry county, is served from 402
  ['US', 'NH', '603', eastern],
  ['US', 'NJ', '201 551 609 640 732 848 856 862 908 973', eastern],
  ['US', 'NM', '505 575', mountain],
  ['US', 'NV', '702 725', pacific],
  ['US', 'NV', '775', mountainOrPacific], // West Wendover by law, Jackpot and Owyhee by custom
  [
    'US',
    'NY',
    '212 315 329 332 347 363 465 516 518 585 607 624 631 646 680 716 718 838 845 914 917',
    eastern,
  ],
  ['US', 'NY', '929 934', eastern],
  ['US', 'OH', '216 220 234 283 326 330 380 419 436 440 513 567 614 740 937', eastern],
  ['US', 'OK', '405 539 572 580 918', central],
  ['US', 'OR', '503 971', pacific],
  ['US', 'OR', '458 541', mountainOrPacific], // most of Malheur county is Mountain
  ['US', 'PA', '215 223 267 272 412 445 484 570 582 610 717 724 814 835 878', eastern],
  ['US', 'RI', '401', eastern],
  ['US', 'SC', '803 821 839 843 854 864', eastern],
  ['US', 'SD', '605', centralOrMountain],
  ['US', 'TN', '865', eastern],
  ['US', 'TN', '423 729', easternOrCentral], // Bledsoe, Marion and Sequatchie counties are Central
  ['US', 'TN', '931', easternOrCentral], // Central up to the edge of the Eastern counties of the plateau
  ['US', 'TN', '615 629 731 901', central],
  ['US', 'TX', '210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830', central],
  ['US', 'TX', '832 903 936 940 945 956 972 979', central],
  ['US', 'TX', '915', centralOrMountain], // El Paso and Hudspeth are Mountain, Culberson is Central
  ['US', 'UT', '385 435 801', mountain],
  ['US', 'VA', '276 434 540 571 686 703 757 804 826 948', eastern],
  ['US', 'VT', '802', eastern],
  ['US', 'WA', '206 253 360 425 509 564', pacific],
  ['US', 'WI', '262 274 353 414 534 608 715 920', central],
  ['US', 'WV', '304 681', eastern],
  ['US', 'WY', '307', mountain],

  // Territories of the United States
  ['PR', 'PR', '787 939', puertoRico],
  ['VI', 'VI', '340', virginIslands],
  ['GU', 'GU', '671', guam],
  ['MP', 'MP', '670', saipan],
  ['AS', 'AS', '684', samoa],

  // Canada
  ['CA', 'AB', '368 403 587 780 825', alberta],
  ['CA', 'BC', '236 250 257 672 778', britishColumbia],
  ['CA', 'BC', '604', vancouver],
  ['CA', 'MB', '204 431 584', manitoba],
  ['CA', 'NB', '428 506', atlantic],
  ['CA', 'NL', '709 879', newfoundlandOrLabrador],
  ['CA', 'NS', '782 902', atlantic], // and Prince Edward Island
  ['CA', 'ON', '226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 905 942', ontarioQuebec],
  ['CA', 'ON', '807', northwestOntario],
  ['CA', 'QC', '263 354 438 450 468 514 579 819 873', ontarioQuebec],
  ['CA', 'QC', '273 367 418 581', easternQuebec],
  ['CA', 'SK', '306 474 639', saskatchewan],
  ['CA', 'YT', '867', [...new Set([...yukon, ...northwestTerritories, ...nunavut])]], // all three territories

  // Bermuda and the Caribbean
  ['AG', 'AG', '268', ['America/Antigua']],
  ['AI', 'AI', '264', ['America/Anguilla']],
  ['BB', 'BB', '246', ['America/Barbados']],
  ['BM', 'BM', '441', ['Atlantic/Bermuda']],
  ['BS', 'BS', '242', ['America/Nassau']],
  ['DM', 'DM', '767', ['America/Dominica']],
  ['DO', 'DO', '809 829 849', ['America/Santo_Domingo']],
  ['GD', 'GD', '473', ['America/Grenada']],
  ['JM', 'JM', '658 876', ['America/Jamaica']],
  ['KN', 'KN', '869', ['America/St_Kitts']],
  ['KY', 'KY', '345', ['America/Cayman']],
  ['LC', 'LC', '758', ['America/St_Lucia']],
  ['MS', 'MS', '664', ['America/Montserrat']],
  ['SX', 'SX', '721', ['America/Lower_Princes']],
  ['TC', 'TC', '649', ['America/Grand_Turk']],
  ['TT', 'TT', '868', ['America/Port_of_Spain']],
  ['VC', 'VC', '784', ['America/St_Vincent']],
  ['VG', 'VG', '284', ['America/Tortola']],
];

/** All area codes that serve a place, by their three digits. */
export const areaCodes: ReadonlyMap<string, AreaCode> = new Map(
  rows.flatMap(([country, region, codes, zones]) =>
    codes.split(' ').map((code) => [code, { code, country, region, zones }] as const),
  ),
);
