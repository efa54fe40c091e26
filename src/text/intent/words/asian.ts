import type { Words } from './words';

export const INDONESIAN: Words = {
	language: 'id',
	order: 'ekspor* diekspor mengekspor unduh* diunduh mengunduh download* render*',
	give: 'kirim* kasih beri* minta mau_lihat saya_mau mana simpan* bagikan butuh dapat dapatkan terima ambil share bagi kirim_ke_aku kirim_filenya kirimkan_filenya',
	result: 'videonya filmnya hasil hasilnya klip klipnya versi_akhir editan*',
	file: 'filenya berkas* tautan* linknya',
	work: 'iklan* promo trailer teaser proyek reel',
	the: 'ini itu saya nya punyaku',
	a: 'sebuah lain baru satu_lagi',
	about: 'tentang soal mengenai',
	credits:
		'kredit* saldo* berapa_biaya* berapa_harga* poin* token* kuota* isi_ulang harga* biaya* gratis bayar* berbayar tarif*',
	ask: 'berapa apa sisa tinggal tersisa punya masih cukup lihat cek tunjukkan tampilkan ada terpakai habis bagaimana gimana berapa_harga* berapa_biaya*',
	state:
		'status* progres* kemajuan* garis_waktu selesai jadi_belum sudah_jadi siap kelar beres panjangnya sampai_mana sejauh_mana sampai_sekarang klip_apa sudah_ada_musik sampe_mana udah_jadi isinya isi_video* masih_lama masih_proses lagi_proses belum_jadi gimana_progres* lama_banget macet',
	query: 'berapa_lama kapan kenapa mengapa berapa_detik berapa_menit durasi*',
	hold: 'jangan belum_perlu batalkan* hentikan tunggu_dulu sebelum',
	upload:
		'unggah* mengunggah upload* lampir* kirim_foto* kirim_gambar* kirim_ke_kamu kirim_ke_anda kirimkan_foto* masukkan_foto* mengirim_foto* kirim_video_saya mengirim_gambar*',
	media: 'foto* gambar* file berkas klip rekaman materi musik logo sendiri',
	place: 'kanal situs halaman',
	look: 'vertikal persegi subtitle* teks* musik* lagu* audio suara* judul* transisi* efek* filter* warna* hitam putih latar* detik* menit* inggris* font adegan* tanpa',
	edit: 'buat buatkan bikin bikinkan membuat hasilkan tambah* ganti* ubah* hapus* hilangkan potong* pendekkan perpendek perpanjang percepat* perlambat* pindahkan perbaiki* edit_bagian terjemahkan* tulis* taruh* pasang* besarkan kecilkan naikkan turunkan jelaskan* +lebih_pendek +lebih_panjang +lebih_cepat +lebih_lambat +lebih_besar +lebih_ceria gabung* satukan sambung*',
	content:
		'credit_title kartu_kredit perusahaan* toko* usaha* bisnis* aplikasi* tombol* ikon* animasi* perdagangan bank* keseimbangan',
	use: 'pakai pake gunakan gunain di_akhir di_awal jadikan jadiin dari_foto pojok atas bawah',
	but: 'salah typo tapi tetapi namun kecuali kekencangan kebesaran',
	praise:
		'keren* mantap* mantul kece gokil ajib suka_banget suka_bgt bagus_banget bagus_bgt cakep* cakeeep makasih* makasi terima_kasih trims thanks_kak luar_biasa wkwk* haha* hehe* love_banget sempurna* hebat* jos josss top_markotop terbaik terharu sukak keren_parah wih wah parah_sih suka_sama suka_sekali suka_hasilnya bagus_sekali bagus_kak bagusss bagus_hasilnya puas puas_banget sesuai_harapan sesuai_keinginan pas_banget terbaik_emang best_banget makasih_banyak thank_you_kak memuaskan luar_biasa_banget juara ngeri ciamik bangga',
	able: 'format_apa format* bahasa_apa bisa_bahasa bisa_vertikal apakah_bisa apakah_mendukung mendukung dukung* robot bot manusia batas* maksimal* maksimum berapa_foto berapa_gambar template ngomong kamu_siapa kamu_ai',
	filler:
		'mau dulu nanya tanya tolong sekarang kamu anda ingin sebagai atau dari untuk yang dengan video bisa boleh dong udah sudah bagus keren mantap suka sempurna akhir akhirnya jadi lagi makasih halo hari besok segera langsung ponsel komputer laptop tidak nggak perubahan semua kalau cara caranya klien email satu juga saja belum kita kami versi final pada biar terus segini begitu gitu kak aja ya deh sih ga gak kok fix fixed deal',
};

export const VIETNAMESE: Words = {
	language: 'vi',
	order: 'xuất tải_xuống tải_về tải_video tải kết_xuất',
	give: 'gửi gửi_cho đưa_tôi cho_tôi cho_mình tôi_muốn mình_muốn ở_đâu lưu chia_sẻ nhận lấy cần cho_xin gửi_tôi gửi_đi gửi_em',
	result: 'phim kết_quả thành_phẩm bản_cuối bản_hoàn_chỉnh',
	file: 'tệp liên_kết đường_dẫn',
	work: 'quảng_cáo trailer teaser promo dự_án',
	the: 'này đó của_tôi của_mình',
	a: 'một khác mới',
	about: 'về nói_về',
	credits:
		'tín_dụng số_dư điểm bao_nhiêu_tiền giá_bao_nhiêu nạp giá miễn_phí trả_tiền trả_phí mất_phí chi_phí tính_phí tốn_bao_nhiêu tốn_tiền tốn_phí',
	ask: 'bao_nhiêu còn xem hiển_thị cho_biết đủ đã_dùng mấy gì kiểm_tra có còn_lại hết giá_bao_nhiêu bao_nhiêu_tiền',
	state:
		'trạng_thái tiến_độ dòng_thời_gian xong hoàn_thành dài_bao dài_mấy đến_đâu tới_đâu sẵn_sàng có_nhạc_chưa có_gì_rồi trong_video giờ_có sắp_xong lâu_thế sao_lâu đang_làm bị_treo',
	query: 'bao_lâu khi_nào tại_sao vì_sao bao_nhiêu_giây mấy_giây dài_bao_nhiêu thời_lượng',
	hold: 'đừng khoan chưa_xuất không_xuất đừng_xuất hủy trước_khi chưa_cần',
	upload:
		'tải_lên tải_ảnh tải_ảnh_lên tải_tệp_lên up_ảnh gửi_ảnh gửi_hình gửi_cho_bạn đăng_ảnh đính_kèm up tải_hình',
	media: 'ảnh hình tệp clip tư_liệu nhạc logo riêng',
	place: 'kênh trang web',
	look: 'dọc ngang vuông phụ_đề nhạc bài_hát âm_thanh giọng tiêu_đề chữ chuyển_cảnh hiệu_ứng bộ_lọc màu đen trắng nền giây phút tiếng_anh phông cảnh không_có_nhạc',
	edit: 'làm tạo dựng thêm đổi thay xóa cắt rút_ngắn kéo_dài tăng giảm chèn di_chuyển sửa chỉnh dịch viết đặt giải_thích hướng_dẫn +ngắn_hơn +dài_hơn +nhanh_hơn +chậm_hơn +lớn_hơn +vui_hơn ghép nối_lại',
	content:
		'thẻ_tín_dụng công_ty cửa_hàng ứng_dụng nút biểu_tượng hoạt_hình thanh_tiến_trình kinh_doanh thương_mại xuất_khẩu xuất_nhập_khẩu ngân_hàng cân_bằng phần_giới_thiệu danh_đề',
	use: 'dùng góc từ_mấy',
	but: 'sai nhầm nhưng trừ',
	praise:
		'đẹp_quá tuyệt_vời đỉnh đỉnh_quá ưng ưng_quá ưng_ý cám_ơn hihi* haha* hehe* xịn_quá xịn xịn_sò mê_luôn quá_xịn quá_đỉnh rất_ưng wow_đẹp',
	able: 'bạn_là_bot bạn_là_robot bạn_có_phải hỗ_trợ định_dạng ngôn_ngữ có_thể_làm bot robot giới_hạn tối_đa làm_được mấy_ảnh bao_nhiêu_ảnh mẫu_có_sẵn mẫu_nào nói_tiếng bạn_là_ai',
	filler:
		'lòng làm_ơn bây_giờ mình hiển nhiêu hoặc video giúp được chưa không tuyệt thích chào ngay điện_thoại máy_tính cuối cùng hoàn cách làm_sao làm_thế_nào như_thế_nào xuống muốn phải trong tài_khoản khách giùm thôi thêm_một_video một_video bạn ạ nhé nha rồi',
};

export const ARABIC: Words = {
	language: 'ar',
	order: 'تصدير صدّر* يصدر نصدر اصدر تنزيل نزل نزله حمل حمله تحميل احمل انزل رندر استخراج',
	give: 'ارسل* ترسل إرسال ابعث* ابعت* تبعث اعط* تعطيني أريد أين وين هات احتاج احفظ حفظ شارك استلم وصلني الحصول_على عطني ابغى رسله دزه طرشه',
	result: 'فيديو فيلم نتيجة مقطع مونتاج النسخة_النهائية فيديوهي',
	file: 'رابط ملف لينك',
	work: 'إعلان* برومو مشروع دعاية',
	the: 'هذا هذه النهائي الجاهز',
	a: 'جديد آخر',
	about: 'عن حول',
	credits:
		'رصيد* كريدت* نقاط* النقاط كم_يكلف كم_تكلفة كم_سعر ائتمان* شحن_رصيد سعر السعر اسعار ثمن بكم مجاني مجانا مجانية مدفوع ادفع الدفع تكلفة تكلف يكلف فلوس كم_ياخذ',
	ask: 'كم ما هل تبقى باقي بقي المتبقي لدي عندي اعرض يكفي كاف استخدمت استهلكت اعرف متبقي ماذا بكم كم_سعر كم_يكلف كم_تكلفة',
	state:
		'حالة تقدم انتهى انتهيت جاهز جاهزا خلص اكتمل طول اين_وصلت وين_وصلت اين_وصلنا وصلت الخط_الزمني المسارات هل_توجد_موسيقى هل_فيه_موسيقى خلص_الفيديو لسه وش_فيه ايش_فيه شو_فيه لوين وصلت_لوين وين_وصل وصل خلصت جهز شو_صار ايش_صار وش_صار طولت تأخر علق ماذا_حدث وين_صار',
	query: 'كم_مدة كم_ثانية متى لماذا ليش كم_يستغرق كم_طول كم_دقيقة كم_باقي_من_الوقت مدة',
	hold: 'لا_تصدر* لا_تنزل لا_تحمل ليس_الآن الغ* توقف قبل انتظر لا_اريد',
	upload:
		'رفع ارفع ارفق ارفاق أحمل_صوري تحميل_صور* ارسل_لك ارسل_لكم ارسال_صور* ابعث_لك رفعها اضافة_صوري',
	media: 'صور* ملفات مقاطع تسجيلات موسيقى شعار الخاصة',
	place: 'قناة موقع صفحة يوتيوب انستغرام تيك_توك',
	look: 'نزل_صوت عمودي افقي مربع ترجمة موسيقى الموسيقى اغنية صوت عنوان نص انتقال* تاثير* فلتر لون* اسود ابيض خلفية ثواني دقائق انجليزي* خط مشهد بدون علامة شعار',
	edit: 'نزل_صوت اصنع اعمل سو انشئ انشاء أضف اضافة غير بدل احذف ازل اقطع طول_ال سرع بطئ ابطئ حرك حسن عدل صحح ترجم اكتب ضع حط زد قلل ارفع_الصوت اخفض اشرح شرح +اقصر +اطول +اسرع +ابطا +اكبر شيل* ادمج* ركب قص*',
	content:
		'شارة_النهاية بطاقة_ائتمان شركة شركتنا متجر محل تطبيق زر ايقونة رسوم متحركة شريط تجارة بنك توازن',
	use: 'استخدم استخدمي استعمل بالاخر بالبداية خلها اجعل اجعله',
	but: 'خطأ غلط لكن بس_شيل ولكن باستثناء',
	praise:
		'روعة رووعة روووعة رائع* جميل_جدا جدا_جميل ما_شاء_الله ماشاءالله ممتاز_جدا خرافي خرافية يجنن تحفة ابداع مبدع مبدعين احسنت احسنتم برافو عاشت_الايادي يسلمو تسلم شكرا* مشكور الف_شكر يعطيك_العافية هههه* ههه* حبيته عجبني اعجبني حلو_كتير حلو_مره كثير_حلو والله_روعة مذهل وااو واو يا_سلام تسلم_ايدك تسلم_ايديك تسلمون يسلمو_ايديك ما_قصرت ما_قصرتوا جميل_والله حلو_جدا حلو_اوي حلو_كثير جدا_رائع رهيب فخم_والله ولا_اروع ابدعت ابدعتوا ابدعتم جامد جامد_جدا تجنن شكرا_جزيلا مشكورين الله_يعطيك بالضبط_اللي بالضبط_كما كفو كفوو قوي_جدا احببته حبيت اجمل',
	able: 'هل_تدعم هل_تدعمون تدعم تدعمون هل_انت روبوت بوت انسان صيغ صيغة مدعومة هل_يمكنك_عمل_فيديوهات الحد الاقصى اللغات كم_صورة كم_عدد_الصور تتكلم تحكي قوالب قالب من_انت ذكاء_اصطناعي',
	filler:
		'هي هو من فضلك لو سمحت لي و على في الى عن_طريق أن يمكن يمكنني يمكنك استطيع تستطيع ممكن ممتاز رائع جميل جيد تمام حسنا احببته اعجبني شكرا مرحبا السلام عليكم نهائي مكتمل كامل اخير اخيرة نسخة ثم او ام ليس بعد لم قد كيف يا نعم لا شيء كل اليوم غدا هاتف هاتفي جوال حاسوب كمبيوتر فورا مرة اخرى بصيغة مع لنا انا انت نحن عندنا عميل مدير حتى تم به لك عمل_فيديو فيديو_آخر الخاص بي اود ابي طيب يلا الحين لسه ولا وش',
};

export const HINDI: Words = {
	language: 'hi',
	order: 'निर्यात एक्सपोर्ट डाउनलोड रेंडर export* download*',
	give: 'भेजो भेजें भेज भेजना भेजिए दो दे दीजिए दें चाहिए कहाँ कहां मिलेगा सेव शेयर bhejo bhej dedo dena chahiye bhej_do bhejdo bhej_dijiye send_kar send_karo send_kardo',
	result: 'वीडियो विडियो वीडियोज फिल्म परिणाम क्लिप वीडियो',
	file: 'फाइल लिंक एमपी4',
	work: 'विज्ञापन प्रोमो ट्रेलर टीज़र रील प्रोजेक्ट',
	the: 'यह ये इस मेरा मेरी मेरे हमारा फाइनल तैयार',
	a: 'एक_नया दूसरा',
	about: 'के_बारे_में',
	credits:
		'क्रेडिट* बैलेंस शेष कितना_खर्च कितने_पैसे कितने_का टोकन कीमत दाम मुफ्त मुफ़्त फ्री पैसे खर्च_आएगा kitne_ka kitne_ki kitne_paise kitna_paisa paise free muft price kharcha',
	ask: 'कितने कितना कितनी क्या बचे बचा बाकी बताओ बताइए दिखाओ दिखाएं दिखाइए काफी पर्याप्त खर्च इस्तेमाल है हैं कौन kitne kitna bache bacha kya batao dikhao कितना_खर्च कितने_का कितने_पैसे kitne_ka kitne_ki kitne_paise kitna_paisa',
	state:
		'स्थिति प्रगति स्टेटस टाइमलाइन तैयार पूरा बन_गया हो_गया खत्म कहाँ_तक अवधि ट्रैक कितना_बाकी बन_गई हो_गई कहाँ_तक_बना कहां_तक_बना कहाँ_तक_बनी कहाँ_तक_पहुँचा कहां_तक_पहुंचा बना_क्या बन_रहा_है संगीत_है म्यूजिक_है kaha_tak kahan_tak_bana ho_gaya hogaya ban_gaya ban_gaya_kya video_me_kya kya_kya kya_hai_video कब_तक बन_गया_क्या kitna_hua kaha_tak_bana kab_tak kitna_time_lagega कब_तक_बनेगा kya_hua kitni_der aur_kitna क्या_हुआ कितना_हुआ bana_ki_nahi',
	query: 'कितना_समय कितनी_देर कब क्यों कितने_सेकंड कितना_लंबा कितने_मिनट',
	hold: 'मत अभी_नहीं रुको रोको पहले रद्द mat ruko pehle',
	upload: 'अपलोड भेजूं भेजूँ अटैच डालूं भेज_सकता भेज_सकती आपको_भेज* तुम्हें_भेज*',
	media: 'फोटो तस्वीर* चित्र इमेज* फोटोज पिक्चर* फाइलें क्लिप्स संगीत लोगो अपनी अपने अपना',
	place: 'चैनल वेबसाइट यूट्यूब इंस्टाग्राम',
	look: 'वर्टिकल हॉरिजॉन्टल सबटाइटल* संगीत गाना म्यूजिक ऑडियो आवाज टाइटल शीर्षक टेक्स्ट ट्रांजिशन इफेक्ट फिल्टर रंग काला सफेद बैकग्राउंड सेकंड मिनट अंग्रेजी फॉन्ट सीन बिना वॉटरमार्क',
	edit: 'बना बनाओ बनाएं बनाइए बनवाना बनाना जोड़ो जोड़ें जोड़ जोड़िए बदलो बदलें बदल हटाओ हटाएं हटा काटो काट छोटा लंबा तेज धीमा लगाओ लगा डालो लिखो लिख सुधारो ठीक_करो अनुवाद संपादित समझाओ bana* laga* hata* badl* daal* dalo jod* kaat* chhota tez slow kam_kar* mila_kar milakar',
	content: 'क्रेडिट_कार्ड कंपनी दुकान बिजनेस व्यापार ऐप बटन आइकन एनिमेशन बार बैंक संतुलन ट्यूटोरियल',
	use: 'पहले_रखना रखना आखिर_में इनसे इससे last_me ko_last',
	but: 'गलत galat लेकिन मगर lekin magar',
	praise:
		'बहुत_बढ़िया बहुत_सुंदर बहुत_अच्छा बहुत_अच्छी बहुत_खूब शानदार* कमाल जबरदस्त वाह मजा धन्यवाद शुक्रिया सुंदर_बना bahut_badhiya bahut_accha bahut_acha bohot_acha badhiya mast zabardast jabardast kamaal kamal sahi_hai maza maja shandar shaandar ekdum_mast ek_number op dhanyavad dhanyawad shukriya haha* thank_you pasand_aaya बहुत_सुंदर_बना अच्छा_बना अच्छी_बनी बढ़िया_बना accha_bana badhiya_bana mast_bana jhakaas jhakas kya_baat wah waah gajab gazab bawaal bawal faad lajawab lajawaab pasand_hai bahut_pasand bohot_badhiya bohot_mast bahut_mast bahut_hi bahut_sundar sundar_hai superb_bhai maja_aa_gaya maza_aa_gaya dil_jeet dil_khush क्या_बात लाजवाब बेहतरीन मस्त गजब बहुत_पसंद पसंद_आया बहुत_ही_अच्छा बहुत_ही_सुंदर दिल_खुश',
	able: 'क्या_आप_रोबोट रोबोट बॉट फॉर्मेट फॉर्मैट सपोर्ट भाषा सीमा kaunse kaunsa format formats bot robot support limit kya_aap kya_tum kitni_photo kitne_photo kitni_photos कितनी_फोटो bolte_ho bol_sakte टेम्पलेट template kaun_ho',
	filler:
		'कृपया प्लीज अब मुझे वह को का की के में से पर हो हूँ हूं और या करो करें करना कर दिया बहुत बढ़िया अच्छा अच्छी शानदार पसंद आया ठीक हाँ नहीं भी तो ही सकता सकते सकती कैसे अंतिम गया गई रहा रही चाहता चाहती मैं हम आप तुम धन्यवाद शुक्रिया नमस्ते आज कल जल्दी तुरंत फोन मोबाइल कंप्यूटर लिए लेना लो जी ने अभी फिर सब कुछ कोई बदलाव करूँ करूं करू था थी एक_वीडियो अकाउंट पास bhai yaar bro kardo kar_do karo mujhe mera meri abhi jaldi bas accha भाई यार theek thik hai ek kya ka ki ke aur ye yeh is ko me mein se par wala wali hain ho final',
};
